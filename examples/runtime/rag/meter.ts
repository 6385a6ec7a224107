/** Two providers behind one meter. */
import { createMeter } from '@farthing/runtime';

export const meter = createMeter({
  path: 'farthing.db',
  cache: { mode: 'on' },
  features: {
    // The passages change with each question, but the rules before them never do, so Anthropic is asked to cache those.
    // These models accept no temperature; `sampled` says that one answer does for everyone who asks the same.
    answer: { promptCaching: true, cache: { sampled: true } },
  },
});
