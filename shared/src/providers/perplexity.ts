import { IMAGES } from './common.ts';
import type { Provider } from './provider.ts';

export const perplexity: Provider = {
  name: 'Perplexity',
  hosts: [{ host: 'api.perplexity.ai' }],
  aliases: ['perplexity'],
  sales: { kind: 'maker', table: 'perplexity', billedAsText: IMAGES },
};
