import type { Provider } from './provider.ts';

export const writer: Provider = {
  hosts: [{ host: 'api.writer.com' }],
  aliases: ['writer'],
  sales: { kind: 'maker' },
};
