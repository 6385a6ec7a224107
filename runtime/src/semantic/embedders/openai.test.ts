import { expect, test } from 'vitest';
import { isEmbedderError } from './embedder-error.ts';
import { openaiEmbedder } from './openai.ts';

interface Sent {
  readonly url: string;
  readonly headers: Headers;
  readonly body: unknown;
}

/** A `fetch` that answers with `answer`, and what it was asked. */
function answering(answer: unknown, status = 200): { readonly fetch: typeof globalThis.fetch; readonly sent: Sent[] } {
  const sent: Sent[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    sent.push({ url: String(input), headers: new Headers(init?.headers), body: JSON.parse(String(init?.body)) });
    return new Response(typeof answer === 'string' ? answer : JSON.stringify(answer), { status });
  };
  return { fetch, sent };
}

const never = new AbortController().signal;

test('texts are sent together, and vectors come in the order of the texts', async () => {
  const { fetch, sent } = answering({
    data: [
      { index: 1, embedding: [3, 4] },
      { index: 0, embedding: [1, 2] },
    ],
    usage: { prompt_tokens: 7 },
  });
  const embedder = openaiEmbedder({ apiKey: 'key', baseURL: 'http://local/v1/', model: 'm', dimensions: 2, fetch });
  expect(await embedder.embed(['one', 'two'], never)).toEqual({
    vectors: [
      [1, 2],
      [3, 4],
    ],
    usage: { url: 'http://local/v1/embeddings', model: 'm', tokens: 7 },
  });
  expect(sent).toMatchObject([
    { url: 'http://local/v1/embeddings', body: { model: 'm', input: ['one', 'two'], dimensions: 2 } },
  ]);
  expect(sent[0]?.headers.get('authorization')).toBe('Bearer key');
});

test('the name has everything that changes vectors, and no key', () => {
  const names = [{}, { model: 'other' }, { dimensions: 256 }, { baseURL: 'http://local/v1' }].map(
    (options) => openaiEmbedder({ apiKey: 'secret-key', ...options }).name,
  );
  expect(new Set(names).size).toBe(names.length);
  expect(names.join()).not.toContain('secret-key');
});

test.each<[string, unknown, number]>([
  ['an error', { error: { message: 'no' } }, 401],
  ['a page', '<html>', 200],
  ['too few vectors', { data: [{ index: 0, embedding: [1] }] }, 200],
  [
    'no vector',
    {
      data: [
        { index: 0, embedding: [] },
        { index: 1, embedding: [] },
      ],
    },
    200,
  ],
  ['texts', { data: [{ embedding: ['1'] }, { embedding: ['2'] }] }, 200],
])('%s is an error', async (_, answer, status) => {
  const { fetch } = answering(answer, status);
  const error = await openaiEmbedder({ apiKey: 'k', fetch })
    .embed(['a', 'b'], never)
    .catch((reason: unknown) => reason);
  expect(isEmbedderError(error)).toBe(true);
});

test('wrong options are named, and a key is not quoted', () => {
  expect(() => openaiEmbedder({ dimensions: 0 })).toThrow(
    /openaiEmbedder\.dimensions must be an integer of at least 1/,
  );
  expect(() => openaiEmbedder({ apiKey: 5 as never })).toThrow(/apiKey must be a non-empty string; got 5/);
});
