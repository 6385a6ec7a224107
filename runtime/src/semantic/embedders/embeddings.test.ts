import { expect, test } from 'vitest';
import { createEmbeddings } from './embeddings.ts';

const NO_LIMIT = 1_000_000;

test('texts that are asked for together are sent together, each once, and remembered', async () => {
  const batches: (readonly string[])[] = [];
  const embed = async (texts: readonly string[]): Promise<number[][]> => {
    batches.push(texts);
    return texts.map((text) => [text.length, 1]);
  };
  const embeddings = createEmbeddings({ name: 'test', embed }, NO_LIMIT);
  const vectors = await Promise.all(['a', 'bb', 'a'].map(embeddings.of));
  expect(vectors.map((vector) => vector[0])).toEqual([1, 2, 1]);
  await embeddings.of('bb');
  expect(batches).toEqual([['a', 'bb']]);
});

test('many texts are sent in several requests', async () => {
  const sizes: number[] = [];
  const embed = async (texts: readonly string[]): Promise<number[][]> => {
    sizes.push(texts.length);
    return texts.map((text) => [Number(text) + 1]);
  };
  const embeddings = createEmbeddings({ name: 'test', embed }, NO_LIMIT);
  const vectors = await Promise.all(Array.from({ length: 100 }, (_, index) => embeddings.of(String(index))));
  expect(vectors.map(([first]) => first)).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
  expect(sizes).toEqual([64, 36]);
});

test('a failure is not remembered', async () => {
  let isDown = true;
  const embed = async (texts: readonly string[]): Promise<number[][]> => {
    if (isDown) throw new Error('down');
    return texts.map(() => [1]);
  };
  const embeddings = createEmbeddings({ name: 'test', embed }, NO_LIMIT);
  await expect(embeddings.of('a')).rejects.toThrow('down');
  isDown = false;
  expect([...(await embeddings.of('a'))]).toEqual([1]);
});
