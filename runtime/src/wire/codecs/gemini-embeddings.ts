/** Google's embeddings: one text, a batch of them, or Vertex's older `:predict`, which also generates images. */
import { asArray, asObject } from '../../support/json-body.ts';
import { percentDecoded } from '../../support/percent.ts';
import { plainAnswer, plainCodec, textFacts } from './plain.ts';

const PATH = /\/models\/([^/:]+):(?:embedContent|batchEmbedContents|predict)$/;

export const geminiEmbeddings = plainCodec({
  name: 'gemini-embeddings',
  readsInputsApart: true,
  path: PATH,
  keyHeader: (key) => ['x-goog-api-key', key],
  read: (body, path) => {
    const model = PATH.exec(path)?.[1];
    return textFacts(model === undefined ? null : percentDecoded(model), body);
  },
  withModel: (url, body, model) => ({
    url: url.replace(/\/models\/[^/:?]+:/, () => `/models/${encodeURIComponent(model)}:`),
    body,
  }),
  answer: (answer) =>
    plainAnswer(
      answer,
      ({ embedding, embeddings, predictions }) =>
        asObject(embedding) !== null || asArray(embeddings ?? predictions).length > 0,
    ),
  errorBody: ({ status, message, code }) => ({
    error: { code: status, message, status: code.toUpperCase(), details: [] },
  }),
});
