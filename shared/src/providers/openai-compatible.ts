import type { Provider } from './provider.ts';

export const openaiCompatible: Provider = {
  sales: { kind: 'local' },
};
