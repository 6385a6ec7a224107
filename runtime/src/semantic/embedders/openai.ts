/** Embeddings from any endpoint that has OpenAI's form. */
import { asArray, asCount, asObject, type JsonObject, parseObject } from '../../support/json-body.ts';
import { count, fun, object, readOptions, secret, text } from '../../support/schema.ts';
import type { Embedder } from './embedder.ts';
import { EmbedderError } from './embedder-error.ts';

export interface OpenAIEmbedderOptions {
  /** Default: the environment variable `OPENAI_API_KEY`. */
  readonly apiKey?: string;
  /** As an SDK's `baseURL` names it. Default: `https://api.openai.com/v1`. */
  readonly baseURL?: string;
  /** Default: `text-embedding-3-small`. */
  readonly model?: string;
  /** Numbers in a vector, for models that can shorten them. Default: 512. */
  readonly dimensions?: number;
  /** Sends the requests: a meter's `fetch` records and budgets them. Default: the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch;
}

const optionsSchema = object<OpenAIEmbedderOptions>('OpenAIEmbedderOptions', {
  apiKey: secret(text()),
  baseURL: text(),
  model: text(),
  dimensions: count({ min: 1 }),
  fetch: fun<typeof globalThis.fetch>(),
});

/**
 * @example openaiEmbedder({ baseURL: 'http://127.0.0.1:11434/v1', model: 'nomic-embed-text' })
 * @throws EmbedderError for invalid options
 */
export function openaiEmbedder(input: OpenAIEmbedderOptions = {}): Embedder {
  const options = readOptions(optionsSchema, input, (message) => new EmbedderError(message), 'openaiEmbedder');
  const { model = 'text-embedding-3-small', dimensions = 512 } = options;
  const baseURL = (options.baseURL ?? 'https://api.openai.com/v1').replace(/\/+$/, '');
  return {
    name: `${baseURL} ${model} ${dimensions}`,
    embed: async (texts, signal) => {
      const apiKey = options.apiKey ?? process.env.OPENAI_API_KEY;
      const send = options.fetch ?? globalThis.fetch;
      const response = await send(`${baseURL}/embeddings`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
        },
        body: JSON.stringify({ model, input: texts, dimensions, encoding_format: 'float' }),
        signal,
      });
      const answer = await response.text();
      if (!response.ok) throw new EmbedderError(`${model} answered with status ${response.status}.`);
      const json = parseObject(answer);
      const vectors = vectorsOf(json, texts.length, model);
      const tokens = asCount(asObject(json?.usage)?.prompt_tokens);
      return { vectors, usage: { url: `${baseURL}/embeddings`, model, tokens } };
    },
  };
}

/** In the order of the texts, which an endpoint need not keep. */
function vectorsOf(answer: JsonObject | null, wanted: number, model: string): readonly number[][] {
  const items = asArray(answer?.data).map(asObject);
  const vectors = Array.from({ length: wanted }, (_, index) => {
    const item = items.find((one, position) => (one?.index ?? position) === index);
    return asArray(item?.embedding);
  });
  if (!vectors.every(isNumbers)) throw new EmbedderError(`${model} did not answer with one vector for each text.`);
  return vectors as unknown as number[][];
}

function isNumbers(vector: readonly unknown[]): boolean {
  return vector.length > 0 && vector.every((value) => typeof value === 'number');
}
