import type { Provider } from './provider.ts';

export const writer: Provider = {
  name: 'Writer',
  hosts: [{ host: 'api.writer.com' }],
  aliases: ['writer'],
  sales: { kind: 'maker' },
};
