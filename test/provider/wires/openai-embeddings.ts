/** OpenAI embeddings. */
import { type Ask, embeddingAsk } from '../ask.ts';
import { embed } from '../embedding.ts';
import { reported } from '../generation.ts';
import { type JsonObject, numberAt, stringAt, textOf } from '../json.ts';
import { common } from './openai-common.ts';
import type { Route, Wire } from './wire.ts';

const DIMENSIONS = 1536;

export const openaiEmbeddings: Wire = {
  ...common,
  name: 'openai-embeddings',
  route(path) {
    if (!path.endsWith('/embeddings')) return null;
    return { model: /\/openai\/deployments\/([^/]+)\//.exec(path)?.[1] ?? null, isStream: false, variant: null };
  },
  read,
  answer: (generation, ask, body) => ({
    object: 'list',
    data: ask.prompt.map(({ text }, index) => {
      const vector = generation.embedding ?? embed(text, numberAt(body, 'dimensions') ?? DIMENSIONS);
      return { object: 'embedding', index, embedding: body.encoding_format === 'base64' ? base64(vector) : vector };
    }),
    model: generation.model,
    usage: reported(generation, ({ inputTokens }) => ({ prompt_tokens: inputTokens, total_tokens: inputTokens })),
  }),
  stream: () => [],
  streamError: () => '',
};

function read(body: JsonObject, route: Route): Ask | string {
  const model = stringAt(body, 'model') ?? route.model;
  if (model === null) return 'you must provide a model parameter';
  if (body.input === undefined || body.input === '') return "'$.input' is invalid.";
  return embeddingAsk(model, inputsOf(body.input));
}

/** One text or a list of texts; token ids, which are numbers, represent a text. */
function inputsOf(input: unknown): readonly string[] {
  const isList = Array.isArray(input) && typeof input[0] !== 'number';
  return (isList ? input : [input]).map(textOf);
}

function base64(vector: readonly number[]): string {
  return Buffer.from(Float32Array.from(vector).buffer).toString('base64');
}
