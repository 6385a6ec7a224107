/** Answers a question from the passages that were found. */
import Anthropic from '@anthropic-ai/sdk';
import { RULES } from './handbook.ts';
import { meter } from './meter.ts';

const anthropic = meter.wrap(new Anthropic());

export async function answer(question: string, passages: readonly string[]): Promise<string> {
  const message = await meter.run({ feature: 'answer' }, () =>
    // farthing-ignore-next-line uncached-static-prompt -- the meter marks the rules: `promptCaching`
    anthropic.messages.create({
      model: 'claude-sonnet-5',
      max_tokens: 150,
      system: RULES,
      messages: [{ role: 'user', content: `${passages.join('\n\n')}\n\nQuestion: ${question}` }],
    }),
  );
  return message.content.map((block) => (block.type === 'text' ? block.text : '')).join('');
}
