import type { Provider } from './provider.ts';

export const hyperbolic: Provider = {
  name: 'Hyperbolic',
  hosts: [{ host: 'api.hyperbolic.xyz' }],
  aliases: ['hyperbolic'],
  sales: { kind: 'host' },
};
