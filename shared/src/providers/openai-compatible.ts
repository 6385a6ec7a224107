import type { Provider } from './provider.ts';

export const openaiCompatible: Provider = {
  name: null,
  sales: { kind: 'local' },
};
