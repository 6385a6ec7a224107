import type { Provider } from './provider.ts';

export const any: Provider = {
  name: null,
  hosts: [{ host: 'gateway.ai.cloudflare.com/v1' }, { host: 'ai-gateway.helicone.ai' }],
  sales: { kind: 'undecided' },
};
