import type { Provider } from './provider.ts';

export const deepgram: Provider = {
  hosts: [{ host: 'api.deepgram.com' }],
  aliases: ['deepgram'],
  sales: { kind: 'maker' },
};
