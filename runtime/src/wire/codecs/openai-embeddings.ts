/** Embeddings of OpenAI, and of Voyage, Mistral, Perplexity and others in the same format. */
import { asArray, asObject, asString, type JsonObject } from '../../support/json-body.ts';
import { countOf } from '../tokens/counts.ts';
import { openaiUsage } from '../tokens/openai.ts';
import { readUsage } from '../tokens/read-usage.ts';
import { inputUsage, type Usage } from '../usage.ts';
import { deploymentIn, WITHOUT_EFFECT } from './openai-common.ts';
import { plainAnswer, plainCodec, textFacts } from './plain.ts';

export const openaiEmbeddings = plainCodec({
  name: 'openai-embeddings',
  readsInputsApart: true,
  path: /\/(?:multimodal|contextualized)?embeddings\/?$/,
  withoutEffect: WITHOUT_EFFECT,
  read: (body, path) => textFacts(asString(body.member('model')) ?? deploymentIn(path), body),
  usage: (answer) => openaiUsage(asObject(answer.usage)) ?? promptAlone(asObject(answer.usage)) ?? readUsage(answer),
  answer: (answer) => plainAnswer(answer, ({ data }) => asArray(data).length > 0),
});

/** Some servers count the embedded tokens and give no total. */
function promptAlone(usage: JsonObject | null): Usage | null {
  const input = countOf(usage?.prompt_tokens);
  return input === null ? null : inputUsage(input);
}
