/** Defaults for a format: the usage in answers is recognised by its structure, and nothing is converted. */
import { asString, type JsonObject, parseObject } from '../../support/json-body.ts';
import { type AnswerFacts, type Codec, NO_ANSWER, NO_JSON, type RequestFacts, type StreamScanner } from '../codec.ts';
import { statedCost } from '../stated-cost.ts';
import { readUsage } from '../tokens/read-usage.ts';
import type { Usage } from '../usage.ts';
import { bearerKey, openaiError, sameUrl, withModelInBody } from './openai-common.ts';

type Own = Pick<Codec, 'name' | 'read'> &
  Partial<Omit<Codec, 'matches' | 'tail'>> & {
    /** Matches the end of a path of this format. */
    readonly path: RegExp;
  };

export function plainCodec({ path, ...own }: Own): Codec {
  const usage = own.usage ?? readUsage;
  const answer = own.answer ?? plainAnswer;
  return {
    matches: (address) => path.test(address),
    tail: (address) => path.exec(address)?.[0] ?? '',
    keyHeader: bearerKey,
    withoutEffect: new Set(),
    cacheUrl: sameUrl,
    withModel: withModelInBody,
    withOutputLimit: () => null,
    withStreamUsage: () => null,
    usage,
    answer,
    scanner: () => plainScanner(usage, answer),
    cachePrefix: () => null,
    withPromptCache: () => null,
    delivery: (_, { isStreaming }) => (isStreaming ? 'stream' : 'json'),
    toAnswer: () => null,
    toStream: () => null,
    errorBody: openaiError,
    ...own,
  };
}

/** A request whose size is evident from its body: texts to embed, to rank, to count. */
export function textFacts(model: string | null, body: { readonly json: JsonObject | null }): RequestFacts {
  return {
    model,
    isStreaming: false,
    outputLimit: 0,
    choices: 1,
    // The same text always gives the same answer.
    temperature: 0,
    hasTools: false,
    tier: null,
    get unbounded() {
      return body.json === null ? NO_JSON : [];
    },
  };
}

/** @param isWhole true for an answer that contains what was requested */
export function plainAnswer(answer: JsonObject, isWhole: (answer: JsonObject) => boolean = () => false): AnswerFacts {
  return {
    ...NO_ANSWER,
    servedModel: asString(answer.model),
    finish: isWhole(answer) ? 'complete' : 'unknown',
    statedCost: statedCost(answer),
  };
}

/** For streams whose counts are running totals, in whichever event they occur. */
export function plainScanner(
  usageOf: (event: JsonObject) => Usage | null,
  answerOf: (event: JsonObject) => AnswerFacts,
): StreamScanner {
  let usage: Usage | null = null;
  let facts: AnswerFacts = NO_ANSWER;
  let isFailed = false;
  return {
    push: ({ event: name, data }) => {
      if (name === 'error') isFailed = true;
      const event = parseObject(data);
      if (event === null) return;
      usage = usageOf(event) ?? usage;
      facts = merged(facts, answerOf(event));
    },
    isEnded: () => false,
    isFailed: () => isFailed,
    // Before the end the output is unknown.
    usage: () => (facts.finish === 'unknown' ? null : usage),
    usageSoFar: () => usage,
    answer: () => facts,
  };
}

/** A later event overrides an earlier one. */
function merged(facts: AnswerFacts, more: AnswerFacts): AnswerFacts {
  return {
    servedModel: more.servedModel ?? facts.servedModel,
    servedTier: more.servedTier ?? facts.servedTier,
    statedCost: more.statedCost ?? facts.statedCost,
    finish: more.finish === 'unknown' ? facts.finish : more.finish,
  };
}
