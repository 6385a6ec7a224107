import type { Provider } from './provider.ts';

export const avian: Provider = {
  name: 'Avian',
  hosts: [{ host: 'api.avian.io' }],
  sales: { kind: 'host', table: 'avian' },
};
