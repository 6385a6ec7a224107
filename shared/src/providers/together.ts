import { IMAGES } from './common.ts';
import type { Provider } from './provider.ts';

export const together: Provider = {
  name: 'Together AI',
  hosts: [{ host: 'api.together.xyz' }, { host: 'api.together.ai' }],
  aliases: ['together', 'together_ai', 'togetherai'],
  sales: { kind: 'host', table: 'together', billedAsText: IMAGES },
  embeddingArray: { max: null },
};
