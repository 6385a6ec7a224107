import type { Provider } from './provider.ts';

export const replicate: Provider = {
  name: 'Replicate',
  hosts: [{ host: 'api.replicate.com' }],
  aliases: ['replicate'],
  sales: { kind: 'host' },
};
