/** Gemini embedContent and batchEmbedContents. */
import { type Ask, embeddingAsk } from '../ask.ts';
import { embed } from '../embedding.ts';
import { reported } from '../generation.ts';
import { at, type JsonObject, numberAt } from '../json.ts';
import { common, partsOf, routeOf } from './gemini-common.ts';
import type { Route, Wire } from './wire.ts';

const DIMENSIONS = 768;

export const geminiEmbeddings: Wire = {
  ...common,
  name: 'gemini-embeddings',
  route: (path, query) => routeOf(path, ['embedContent', 'batchEmbedContents'], query),
  read,
  answer(generation, ask, body, route) {
    const [request] = requestsOf(body);
    const dimensions = numberAt(request, 'outputDimensionality') ?? DIMENSIONS;
    const embeddings = ask.prompt.map(({ text }) => ({ values: generation.embedding ?? embed(text, dimensions) }));
    const usageMetadata = reported(generation, ({ inputTokens }) => ({ promptTokenCount: inputTokens }));
    return route.variant === 'embedContent'
      ? { embedding: embeddings[0], usageMetadata }
      : { embeddings, usageMetadata };
  },
  stream: () => [],
  streamError: () => '',
};

function requestsOf(body: JsonObject): readonly unknown[] {
  return Array.isArray(body.requests) ? body.requests : [body];
}

function read(body: JsonObject, route: Route): Ask {
  return embeddingAsk(route.model, requestsOf(body).map(textIn));
}

/** All parts of one content make one vector. */
function textIn(request: unknown): string {
  return partsOf(at(request, 'content'), 'user')
    .map(({ text }) => text)
    .join('\n');
}
