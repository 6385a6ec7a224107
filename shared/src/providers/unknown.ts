import type { Provider } from './provider.ts';

/** Nobody says who is paid: a call on a client that is out of sight has no price, whatever its model is called. */
export const unknown: Provider = {
  sales: { kind: 'unknown' },
};
