/** Finds the passages nearest to a question. */
import OpenAI from 'openai';
import { meter } from './meter.ts';

const openai = meter.wrap(new OpenAI());

export interface Index {
  readonly passages: readonly string[];
  readonly vectors: readonly (readonly number[])[];
}

/** One request for all passages. The same text has the same vector: indexing again is answered from the cache. */
export async function indexOf(passages: readonly string[]): Promise<Index> {
  return { passages, vectors: await embed('index', [...passages]) };
}

export async function find(question: string, { passages, vectors }: Index, count = 2): Promise<readonly string[]> {
  const [wanted = []] = await embed('search', [question]);
  const nearness = (vector: readonly number[]) => vector.reduce((sum, value, at) => sum + value * (wanted[at] ?? 0), 0);
  return vectors
    .map((vector, index) => ({ passage: passages[index] ?? '', score: nearness(vector) }))
    .sort((a, b) => b.score - a.score)
    .slice(0, count)
    .map(({ passage }) => passage);
}

async function embed(feature: string, input: string[]): Promise<readonly (readonly number[])[]> {
  const { data } = await meter.run({ feature }, () =>
    openai.embeddings.create({ model: 'text-embedding-3-small', input }),
  );
  return data.map(({ embedding }) => embedding);
}
