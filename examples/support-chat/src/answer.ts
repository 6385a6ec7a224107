import Anthropic from '@anthropic-ai/sdk';
import { ANSWER_MODEL } from './models.js';
import { SUPPORT_POLICY } from './policy.js';

const anthropic = new Anthropic();

export interface Article {
  title: string;
  text: string;
}

/** Answers the customer's last message, in the light of the articles that the search found. */
export async function answer(history: Anthropic.MessageParam[], articles: Article[]): Promise<string> {
  const context = articles.map((article) => `## ${article.title}\n${article.text}`).join('\n\n');
  const message = await anthropic.messages.create({
    model: ANSWER_MODEL,
    max_tokens: 400,
    system: SUPPORT_POLICY,
    messages: [...history, { role: 'user', content: `Articles:\n${context}` }],
  });
  return message.content.map((block) => (block.type === 'text' ? block.text : '')).join('');
}
