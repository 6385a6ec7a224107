import type { Provider } from './provider.ts';

export const portkey: Provider = {
  hosts: [{ host: 'api.portkey.ai' }],
  sales: { kind: 'undecided' },
};
