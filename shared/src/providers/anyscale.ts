import type { Provider } from './provider.ts';

export const anyscale: Provider = {
  hosts: [{ host: 'api.endpoints.anyscale.com' }],
  sales: { kind: 'host' },
};
