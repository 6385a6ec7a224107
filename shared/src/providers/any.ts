import type { Provider } from './provider.ts';

export const any: Provider = {
  hosts: [{ host: 'gateway.ai.cloudflare.com/v1' }, { host: 'ai-gateway.helicone.ai' }],
  sales: { kind: 'undecided' },
};
