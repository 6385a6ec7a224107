import type { Provider } from './provider.ts';

export const lmstudio: Provider = {
  name: 'LM Studio',
  hosts: [{ host: '*:1234' }],
  aliases: ['lm_studio'],
  sales: { kind: 'local' },
};
