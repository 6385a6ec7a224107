/** What a call needs of any model that could take its place. */
import type { ModelNeeds } from '@farthing/shared/catalogue/alternatives';
import type { LlmCall } from './call.ts';

export function needsOf(call: LlmCall): ModelNeeds {
  return {
    inputTokens: call.tokens.input.high,
    outputTokens: call.tokens.output.high,
    tools: call.output.usesTools,
    vision: call.output.usesImages,
    structuredOutput: call.output.isStructured,
    reasoning: call.output.usesReasoning,
  };
}
