/** Counting tokens is free: no model runs. The answer is a count, which is recorded as input. */
import { asObject, asString, type JsonObject } from '../../support/json-body.ts';
import { percentDecoded } from '../../support/percent.ts';
import { countOf } from '../tokens/counts.ts';
import { inputUsage, type Usage } from '../usage.ts';
import { plainAnswer, plainCodec, textFacts } from './plain.ts';

/** Anthropic (its own address and Vertex AI), Google, Bedrock, OpenAI. */
const PATH =
  /\/messages\/count_tokens\/?$|\/models\/count-tokens:rawPredict$|\/models\/([^/:]+):countTokens$|\/model\/([^/]+)\/count-tokens$|\/responses\/input_tokens\/?$/;

export const tokenCounts = plainCodec({
  name: 'token-count',
  path: PATH,
  isFree: true,
  read: (body, path) => {
    const [, google, bedrock] = PATH.exec(path) ?? [];
    const inPath = google ?? bedrock;
    return textFacts(inPath === undefined ? asString(body.member('model')) : percentDecoded(inPath), body);
  },
  usage: counted,
  answer: (answer) => plainAnswer(answer, () => counted(answer) !== null),
});

function counted(answer: JsonObject): Usage | null {
  const count =
    countOf(answer.input_tokens) ??
    countOf(answer.totalTokens) ??
    countOf(answer.inputTokens) ??
    countOf(asObject(answer.usage)?.input_tokens);
  return count === null ? null : inputUsage(count);
}
