/** OpenAI's embeddings. */
import { asCount, asObject, asString } from '../support/json-body.ts';
import { type Codec, NO_ANSWER, NO_JSON } from './codec.ts';
import { bearerKey, openaiError, sameUrl, WITHOUT_EFFECT, withModelInBody } from './openai-common.ts';
import { inputUsage } from './usage.ts';

const TAIL = '/embeddings';

export const openaiEmbeddings: Codec = {
  name: 'openai-embeddings',
  matches: (path) => path.endsWith(TAIL),
  tail: () => TAIL,
  keyHeader: bearerKey,
  withoutEffect: WITHOUT_EFFECT,
  cacheUrl: sameUrl,
  read: (body) => ({
    model: asString(body.member('model')),
    isStreaming: false,
    outputLimit: 0,
    choices: 1,
    // The same text always gives the same vector.
    temperature: 0,
    hasTools: false,
    tier: null,
    get unbounded() {
      return body.json === null ? NO_JSON : [];
    },
  }),
  withModel: withModelInBody,
  withOutputLimit: () => null,
  withStreamUsage: () => null,
  usage: ({ usage }) => {
    const input = asCount(asObject(usage)?.prompt_tokens);
    return input === null ? null : inputUsage(input);
  },
  answer: (answer) => ({
    ...NO_ANSWER,
    servedModel: asString(answer.model),
    finish: Array.isArray(answer.data) ? 'complete' : NO_ANSWER.finish,
  }),
  scanner: () => ({
    push: () => {},
    isEnded: () => false,
    isFailed: () => false,
    usage: () => null,
    answer: () => NO_ANSWER,
  }),
  cachePrefix: () => null,
  withPromptCache: () => null,
  delivery: () => 'json',
  toAnswer: () => null,
  toStream: () => null,
  errorBody: openaiError,
};
