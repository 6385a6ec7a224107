import type { Provider } from './provider.ts';

export const localai: Provider = {
  name: 'LocalAI',
  hosts: [{ host: 'localhost:8080' }, { host: '127.0.0.1:8080' }],
  sales: { kind: 'local' },
};
