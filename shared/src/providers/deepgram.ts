import type { Provider } from './provider.ts';

export const deepgram: Provider = {
  name: 'Deepgram',
  hosts: [{ host: 'api.deepgram.com' }],
  aliases: ['deepgram'],
  sales: { kind: 'maker' },
};
