import type { Provider } from './provider.ts';

export const portkey: Provider = {
  name: 'Portkey',
  hosts: [{ host: 'api.portkey.ai' }],
  sales: { kind: 'undecided' },
};
