/** The abilities that a call needs of any model that could take its model's place. */
import type { ModelNeeds } from '@farthing/shared/catalogue/alternatives';
import { callFact } from './fact.ts';

export const modelRequirements = callFact((call): ModelNeeds => {
  return {
    inputTokens: call.tokens.input.high,
    // A model refuses a limit above its maximum, whatever it would answer.
    outputTokens: call.outputLimit.tokens ?? call.tokens.output.high,
    tools: call.output.usesTools,
    vision: call.output.usesImages,
    structuredOutput: call.output.isStructured,
    reasoning: call.output.usesReasoning,
  };
});
