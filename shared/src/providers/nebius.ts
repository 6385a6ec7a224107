import type { Provider } from './provider.ts';

export const nebius: Provider = {
  name: 'Nebius',
  hosts: [{ host: 'api.studio.nebius.com' }, { host: 'api.tokenfactory.nebius.com' }],
  aliases: ['nebius'],
  sales: { kind: 'host' },
};
