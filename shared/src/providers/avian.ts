import type { Provider } from './provider.ts';

export const avian: Provider = {
  hosts: [{ host: 'api.avian.io' }],
  sales: { kind: 'host', table: 'avian' },
};
