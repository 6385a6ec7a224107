import { IMAGES } from './common.ts';
import type { Provider } from './provider.ts';

export const perplexity: Provider = {
  hosts: [{ host: 'api.perplexity.ai' }],
  aliases: ['perplexity'],
  sales: { kind: 'maker', table: 'perplexity', billedAsText: IMAGES },
};
