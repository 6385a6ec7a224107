import type { Provider } from './provider.ts';

export const voyage: Provider = {
  name: 'Voyage AI',
  hosts: [{ host: 'api.voyageai.com' }],
  aliases: ['voyage', 'voyageai'],
  sales: { kind: 'maker', table: 'voyageai' },
  embeddingArray: { max: null },
};
