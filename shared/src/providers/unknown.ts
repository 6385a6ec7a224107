import type { Provider } from './provider.ts';

/** It is unknown who is paid: a call on a client from elsewhere has no price, whatever the name of its model. */
export const unknown: Provider = {
  name: null,
  sales: { kind: 'unknown' },
};
