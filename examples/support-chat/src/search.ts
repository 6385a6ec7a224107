import OpenAI from 'openai';
import type { Article } from './answer.js';
import { EMBEDDING_MODEL } from './models.js';

const client = new OpenAI();

export interface IndexedArticle extends Article {
  vector: number[];
}

/** Indexes the help centre; runs when an editor publishes. */
export async function indexArticles(articles: Article[]): Promise<IndexedArticle[]> {
  const indexed: IndexedArticle[] = [];
  for (const article of articles) {
    const { data } = await client.embeddings.create({
      model: EMBEDDING_MODEL,
      input: `${article.title}\n\n${article.text}`,
    });
    indexed.push({ ...article, vector: data[0]?.embedding ?? [] });
  }
  return indexed;
}

/** The articles nearest to a question. */
export async function findArticles(question: string, index: IndexedArticle[], count = 4): Promise<Article[]> {
  const { data } = await client.embeddings.create({ model: EMBEDDING_MODEL, input: question });
  const query = data[0]?.embedding ?? [];
  const score = (article: IndexedArticle) => article.vector.reduce((sum, value, at) => sum + value * (query[at] ?? 0), 0);
  return [...index].sort((a, b) => score(b) - score(a)).slice(0, count);
}
