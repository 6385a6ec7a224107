import type { Provider } from './provider.ts';

export const deepinfra: Provider = {
  name: 'DeepInfra',
  hosts: [{ host: 'api.deepinfra.com' }],
  aliases: ['deepinfra'],
  sales: { kind: 'host' },
};
