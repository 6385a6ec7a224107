import { afterEach, expect, test, vi } from 'vitest';
import { OpenCircuitError } from '../../support/circuit.ts';
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
  expect(vectors.map(({ vector }) => vector[0])).toEqual([1, 2, 1]);
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
  expect(vectors.map(({ vector: [first] }) => first)).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
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
  expect([...(await embeddings.of('a')).vector]).toEqual([1]);
});

test('what a request used is shared by its texts, and paid once', async () => {
  const embed = async (texts: readonly string[]) => ({
    vectors: texts.map(() => [1]),
    usage: { url: 'http://local/v1/embeddings', model: 'm', tokens: 8 },
  });
  const embeddings = createEmbeddings({ name: 'test', embed }, NO_LIMIT);
  const all = await Promise.all(['a', 'bbb', 'a'].map(embeddings.of));
  expect(all.map(({ usage }) => usage?.tokens ?? null)).toEqual([2, 6, null]);
});

test('an embedder that fails several times in a row is left alone for a while, and then tried once', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  let asked = 0;
  let isDown = true;
  const embed = async (texts: readonly string[]): Promise<number[][]> => {
    asked++;
    if (isDown) throw new Error('down');
    return texts.map(() => [1]);
  };
  const embeddings = createEmbeddings({ name: 'test', embed }, NO_LIMIT);
  for (let request = 0; request < 5; request++) await expect(embeddings.of('a')).rejects.toThrow('down');
  await expect(embeddings.of('a')).rejects.toBeInstanceOf(OpenCircuitError);
  expect(asked).toBe(5);
  vi.advanceTimersByTime(30_000);
  await expect(embeddings.of('a')).rejects.toThrow('down');
  await expect(embeddings.of('a')).rejects.toBeInstanceOf(OpenCircuitError);
  vi.advanceTimersByTime(30_000);
  isDown = false;
  expect([...(await embeddings.of('a')).vector]).toEqual([1]);
  await embeddings.of('b');
  expect(asked).toBe(8);
});

afterEach(() => void vi.useRealTimers());
