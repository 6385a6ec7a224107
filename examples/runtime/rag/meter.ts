/** Two providers behind one meter. */
import { createMeter } from '@farthing/runtime';

export const meter = createMeter({
  path: 'farthing.db',
  cache: { mode: 'on' },
  features: {
    // The passages change with each question, and the rules in front of them never do: Anthropic is told to keep those.
    // These models take no temperature: that one answer does for all who ask the same is said here.
    answer: { promptCaching: true, cache: { sampled: true } },
  },
});
