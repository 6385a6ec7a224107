/** Google's interactions: whole, or as events of which the last contains the whole answer. */
import { asArray, asCount, asNumber, asObject, asString, type JsonObject } from '../../support/json-body.ts';
import { type AnswerFacts, NO_JSON } from '../codec.ts';
import { statedCost } from '../stated-cost.ts';
import { interactionUsage } from '../tokens/google.ts';
import type { Usage } from '../usage.ts';
import { plainCodec, plainScanner } from './plain.ts';

export const geminiInteractions = plainCodec({
  name: 'gemini-interactions',
  path: /\/interactions\/?$/,
  keyHeader: (key) => ['x-goog-api-key', key],
  read: (body) => {
    const { member } = body;
    const config = asObject(member('generation_config'));
    return {
      model: asString(member('model')) ?? asString(member('agent')),
      isStreaming: member('stream') === true,
      outputLimit: asCount(config?.max_output_tokens),
      choices: 1,
      temperature: asNumber(config?.temperature),
      tier: asString(member('service_tier')),
      get hasTools() {
        return asArray(member('tools')).length > 0;
      },
      get unbounded() {
        // The history is stored at the provider, and an agent continues on its own.
        return body.json === null ? NO_JSON : ['an interaction'];
      },
    };
  },
  withOutputLimit: (body, limit) => ({
    ...body,
    generation_config: { ...asObject(body.generation_config), max_output_tokens: limit },
  }),
  usage: usageIn,
  answer: answerIn,
  scanner: () => plainScanner(usageIn, answerIn),
});

/** The last event has the interaction in a member; each event may count the usage so far. */
function wholeOf(event: JsonObject): JsonObject {
  return asObject(event.interaction) ?? event;
}

function usageIn(event: JsonObject): Usage | null {
  return (
    interactionUsage(asObject(wholeOf(event).usage)) ?? interactionUsage(asObject(asObject(event.metadata)?.usage))
  );
}

function answerIn(event: JsonObject): AnswerFacts {
  const { model, status, service_tier: tier } = wholeOf(event);
  return {
    servedModel: asString(model),
    servedTier: asString(tier),
    statedCost: statedCost(wholeOf(event)),
    finish: FINISHES[asString(status) ?? ''] ?? 'unknown',
  };
}

const FINISHES: Readonly<Partial<Record<string, AnswerFacts['finish']>>> = {
  completed: 'complete',
  incomplete: 'truncated',
  requires_action: 'tool-calls',
};
