import type { Provider } from './provider.ts';

export const unknown: Provider = {
  sales: { kind: 'undecided' },
};
