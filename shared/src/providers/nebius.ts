import type { Provider } from './provider.ts';

export const nebius: Provider = {
  hosts: [{ host: 'api.studio.nebius.com' }, { host: 'api.tokenfactory.nebius.com' }],
  aliases: ['nebius'],
  sales: { kind: 'host' },
};
