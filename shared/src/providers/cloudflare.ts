import type { Provider } from './provider.ts';

export const cloudflare: Provider = {
  name: 'Cloudflare',
  hosts: [{ host: 'api.cloudflare.com/client/v4/accounts' }, { host: 'gateway.ai.cloudflare.com/v1/*/*/workers-ai' }],
  aliases: ['cloudflare'],
  sales: { kind: 'host', table: 'cloudflare' },
};
