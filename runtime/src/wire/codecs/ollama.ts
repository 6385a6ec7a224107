/** Ollama's own API: one JSON value per line, of which the last has the counts; whole if `stream` is false. */
import { asArray, asCount, asNumber, asObject, asString, type JsonObject } from '../../support/json-body.ts';
import { type AnswerFacts, NO_ANSWER, NO_JSON } from '../codec.ts';
import { ollamaUsage } from '../tokens/read-usage.ts';
import { plainAnswer, plainCodec, textFacts } from './plain.ts';

export const ollamaChat = plainCodec({
  name: 'ollama-chat',
  path: /\/api\/(?:chat|generate)\/?$/,
  read: (body) => {
    const { member } = body;
    const options = asObject(member('options'));
    // Negative values mean no limit.
    return {
      model: asString(member('model')),
      isStreaming: member('stream') !== false,
      outputLimit: asCount(options?.num_predict),
      choices: 1,
      temperature: asNumber(options?.temperature),
      tier: null,
      get hasTools() {
        return asArray(member('tools')).length > 0;
      },
      get unbounded() {
        if (body.json === null) return NO_JSON;
        return hasImages(body.json) ? ['images'] : [];
      },
    };
  },
  withOutputLimit: (body, limit) => ({ ...body, options: { ...asObject(body.options), num_predict: limit } }),
  usage: ollamaUsage,
  answer: answerOf,
});

export const ollamaEmbed = plainCodec({
  name: 'ollama-embed',
  readsInputsApart: true,
  path: /\/api\/embed(?:dings)?\/?$/,
  read: (body) => textFacts(asString(body.member('model')), body),
  usage: ollamaUsage,
  answer: (answer) => plainAnswer(answer, ({ embedding, embeddings }) => asArray(embedding ?? embeddings).length > 0),
});

function answerOf(answer: JsonObject): AnswerFacts {
  return { ...NO_ANSWER, servedModel: asString(answer.model), finish: finishOf(answer) };
}

function finishOf(answer: JsonObject): AnswerFacts['finish'] {
  if (answer.done !== true) return 'unknown';
  if (answer.done_reason === 'length') return 'truncated';
  return asArray(asObject(answer.message)?.tool_calls).length > 0 ? 'tool-calls' : 'complete';
}

function hasImages(body: JsonObject): boolean {
  return [body, ...asArray(body.messages).map(asObject)].some((part) => asArray(part?.images).length > 0);
}
