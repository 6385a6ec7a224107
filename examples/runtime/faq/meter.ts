/** Similar questions share one answer: the rules decide, and nothing leaves this machine to compare them. */
import { createMeter, lexicalEmbedder } from '@farthing/runtime';
import { isSameTopic } from './questions.ts';

/** Questions that were answered from the answer to a question about something else. */
export const wrong: string[] = [];

export const meter = createMeter({
  path: 'farthing.db',
  cache: { mode: 'on', lifetime: 86_400_000, semantic: { mode: 'on', embedder: lexicalEmbedder(), features: ['faq'] } },
  onEvent: (event) => {
    if (event.type !== 'similar' || isSameTopic(event.stored, event.question)) return;
    wrong.push(`${event.question} (answered as: ${event.stored})`);
  },
});
