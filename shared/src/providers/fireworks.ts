import { IMAGES } from './common.ts';
import type { Provider } from './provider.ts';

export const fireworks: Provider = {
  name: 'Fireworks AI',
  hosts: [{ host: 'api.fireworks.ai' }],
  aliases: ['fireworks', 'fireworks_ai'],
  sales: {
    kind: 'host',
    table: 'fireworks',
    billedAsText: IMAGES,
    spellings: [[/^accounts\/fireworks\/models\//, '']],
  },
};
