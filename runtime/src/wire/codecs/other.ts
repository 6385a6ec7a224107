/**
 * Answers of endpoints without a codec: pictures, transcriptions, documents, anything an API adds later. Their requests
 * are not understood; the usage in their answers is recognised by its structure.
 */
import { asArray, asObject, asString, type JsonObject, parseObject } from '../../support/json-body.ts';
import { type AnswerFacts, NO_ANSWER, type StreamScanner } from '../codec.ts';
import { statedCost } from '../stated-cost.ts';
import { readUsage } from '../tokens/read-usage.ts';
import { feeUsage, type Usage } from '../usage.ts';
import { merged, plainCodec, textFacts } from './plain.ts';

export const otherCodec = plainCodec({
  name: 'other',
  path: /(?!)/,
  read: (body) => ({
    ...textFacts(asString(body.member('model')), body),
    unbounded: ['a request that is not understood'],
  }),
  usage: usageIn,
  answer: answerIn,
  scanner,
});

function scanner(): StreamScanner {
  let usage: Usage | null = null;
  let facts: AnswerFacts = NO_ANSWER;
  let isFailed = false;
  return {
    push: ({ event: name, data }) => {
      if (name === 'error') isFailed = true;
      const event = parseObject(data);
      if (event === null) return;
      usage = usageIn(event) ?? usage;
      facts = merged(facts, answerIn(event));
    },
    isEnded: () => false,
    isFailed: () => isFailed,
    usage: () => usage,
    usageSoFar: () => usage,
    // How such an answer ends is unknown: one that closes counts as complete.
    answer: () => ({ ...facts, finish: 'complete' }),
  };
}

/** The last event of a stream may contain the whole answer in a member. */
function usageIn(event: JsonObject): Usage | null {
  return readUsage(event) ?? readUsage(asObject(event.response) ?? {}) ?? picturesIn(event);
}

function answerIn(event: JsonObject): AnswerFacts {
  return { ...NO_ANSWER, servedModel: asString(event.model), statedCost: statedCost(event) };
}

/** Pictures that are charged per piece, if the answer counts no tokens. */
function picturesIn({ data }: JsonObject): Usage | null {
  const pictures = asArray(data)
    .map(asObject)
    .filter((item) => typeof item?.b64_json === 'string' || typeof item?.url === 'string');
  return pictures.length === 0 ? null : feeUsage({ image: pictures.length });
}
