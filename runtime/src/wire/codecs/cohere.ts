/** Cohere's own formats: both versions of chat, embeddings, and ranking, which Voyage and others use as well. */
import { asArray, asCount, asNumber, asObject, asString, type JsonObject } from '../../support/json-body.ts';
import { type AnswerFacts, NO_JSON, type RequestFacts } from '../codec.ts';
import { rankMaximum } from '../rank-size.ts';
import { statedCost } from '../stated-cost.ts';
import { cohereUsage } from '../tokens/cohere.ts';
import { readUsage } from '../tokens/read-usage.ts';
import type { Usage } from '../usage.ts';
import { completionAnswer } from './openai-chunks.ts';
import { plainAnswer, plainCodec, plainScanner, textFacts } from './plain.ts';

export const cohereChat = plainCodec({
  name: 'cohere-chat',
  path: /\/v[12]\/chat\/?$/,
  read: (body): RequestFacts => {
    const { member } = body;
    return {
      model: asString(member('model')),
      isStreaming: member('stream') === true,
      outputLimit: asCount(member('max_tokens')),
      choices: 1,
      temperature: asNumber(member('temperature')),
      tier: null,
      get hasTools() {
        return asArray(member('tools')).length > 0;
      },
      get unbounded() {
        return body.json === null ? NO_JSON : unboundedParts(body.json);
      },
    };
  },
  withOutputLimit: (body, limit) => ({ ...body, max_tokens: limit }),
  usage: usageIn,
  answer: answerIn,
  scanner: () => plainScanner(usageIn, answerIn),
});

export const cohereEmbed = plainCodec({
  name: 'cohere-embed',
  readsInputsApart: true,
  path: /\/v[12]\/embed\/?$/,
  read: (body) => textFacts(asString(body.member('model')), body),
  answer: (answer) => plainAnswer(answer, ({ embeddings }) => holdsVectors(embeddings)),
});

export const rerank = plainCodec({
  name: 'rerank',
  path: /\/rerank\/?$/,
  readsInputsApart: true,
  maximum: rankMaximum,
  read: (body) => textFacts(asString(body.member('model')), body),
  answer: (answer) => plainAnswer(answer, ({ results, data }) => asArray(results ?? data).length > 0),
});

/** A list of vectors, or one for each type that was asked for. */
function holdsVectors(embeddings: unknown): boolean {
  return (
    asArray(embeddings).length > 0 || Object.values(asObject(embeddings) ?? {}).some((list) => asArray(list).length > 0)
  );
}

/** The last event has it in `delta` (version 2) or in the whole `response` (version 1). */
function usageIn(event: JsonObject): Usage | null {
  const { delta, response } = event;
  const usage = asObject(event.usage) ?? asObject(asObject(delta)?.usage) ?? asObject(event.meta);
  return cohereUsage(usage) ?? cohereUsage(asObject(asObject(response)?.meta)) ?? readUsage(event);
}

function answerIn(event: JsonObject): AnswerFacts {
  // Other providers answer at this path in OpenAI's format.
  if (Array.isArray(event.choices)) return completionAnswer(event);
  const reason =
    asString(event.finish_reason) ??
    asString(asObject(event.delta)?.finish_reason) ??
    asString(asObject(event.response)?.finish_reason);
  return {
    servedModel: asString(event.model),
    servedTier: null,
    statedCost: statedCost(event),
    finish: FINISHES[reason ?? ''] ?? 'unknown',
  };
}

const FINISHES: Readonly<Partial<Record<string, AnswerFacts['finish']>>> = {
  COMPLETE: 'complete',
  STOP_SEQUENCE: 'complete',
  MAX_TOKENS: 'truncated',
  ERROR_LIMIT: 'truncated',
  TOOL_CALL: 'tool-calls',
  ERROR_TOXIC: 'refused',
};

function unboundedParts(body: JsonObject): readonly string[] {
  const found = new Set<string>();
  for (const name of ['connectors', 'conversation_id'] as const) if (body[name] !== undefined) found.add(name);
  for (const message of asArray(body.messages).map(asObject)) {
    for (const part of asArray(message?.content).map(asObject)) {
      const type = asString(part?.type);
      if (type !== null && type !== 'text' && type !== 'thinking' && type !== 'document') found.add(type);
    }
  }
  return [...found];
}
