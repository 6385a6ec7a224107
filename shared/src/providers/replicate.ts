import type { Provider } from './provider.ts';

export const replicate: Provider = {
  hosts: [{ host: 'api.replicate.com' }],
  aliases: ['replicate'],
  sales: { kind: 'host' },
};
