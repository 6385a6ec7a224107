import type { Provider } from './provider.ts';

export const minimax: Provider = {
  name: 'MiniMax',
  hosts: [{ host: 'api.minimax.io' }, { host: 'api.minimaxi.com' }],
  aliases: ['minimax'],
  sales: { kind: 'maker', table: 'minimax' },
};
