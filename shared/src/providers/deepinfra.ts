import type { Provider } from './provider.ts';

export const deepinfra: Provider = {
  hosts: [{ host: 'api.deepinfra.com' }],
  aliases: ['deepinfra'],
  sales: { kind: 'host' },
};
