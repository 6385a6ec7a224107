/**
 * Answers of endpoints without a codec: pictures, transcriptions, documents, anything an API adds later. Their requests
 * are not understood; the usage in their answers is recognised by its structure.
 */
import { asArray, asObject, asString, type JsonObject } from '../../support/json-body.ts';
import { type AnswerFacts, NO_ANSWER, type StreamScanner } from '../codec.ts';
import { statedCost } from '../stated-cost.ts';
import { readUsage } from '../tokens/read-usage.ts';
import { feeUsage, type Usage } from '../usage.ts';
import { plainCodec, plainScanner, textFacts } from './plain.ts';

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

/** It is unknown how such a stream ends, so one that closes counts as complete, and its latest counts as its usage. */
function scanner(): StreamScanner {
  const plain = plainScanner(usageIn, answerIn);
  return {
    ...plain,
    usage: plain.usageSoFar,
    answer: () => ({ ...plain.answer(), finish: 'complete' }),
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
