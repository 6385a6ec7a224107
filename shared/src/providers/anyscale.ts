import type { Provider } from './provider.ts';

export const anyscale: Provider = {
  name: 'Anyscale',
  hosts: [{ host: 'api.endpoints.anyscale.com' }],
  sales: { kind: 'host' },
};
