/** Labels reviews, and compares some of them. What the day's budget has no room for is left for tomorrow. */
import Anthropic from '@anthropic-ai/sdk';
import { JOB, meter } from './meter.ts';
import type { Review } from './reviews.ts';

const anthropic = meter.wrap(new Anthropic());

export type Outcome = { readonly answer: string } | { readonly leftBecause: string };

export function label({ text }: Review): Promise<Outcome> {
  return withinBudget('label', 10, `Classify this review as praise, complaint or question. One word.\n\n${text}`);
}

export function compare([first, second]: readonly [Review, Review]): Promise<Outcome> {
  return withinBudget(
    'compare',
    250,
    `Compare these two reviews for our buyers.\n\n1. ${first.text}\n\n2. ${second.text}`,
  );
}

function withinBudget(feature: string, limit: number, prompt: string): Promise<Outcome> {
  return meter.run({ feature, budget: JOB }, async () => {
    try {
      const message = await anthropic.messages.create({
        model: 'claude-sonnet-5-5',
        max_tokens: limit,
        messages: [{ role: 'user', content: prompt }],
      });
      return { answer: message.content.map((block) => (block.type === 'text' ? block.text : '')).join('') };
    } catch (error) {
      // 402 is the budget's own: nothing was sent, and nothing was paid.
      if (!(error instanceof Anthropic.APIError) || error.status !== 402) throw error;
      return { leftBecause: meter.lastCall()?.decisions.at(-1)?.reason ?? error.message };
    }
  });
}
