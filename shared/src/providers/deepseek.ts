import type { Provider } from './provider.ts';

export const deepseek: Provider = {
  hosts: [{ host: 'api.deepseek.com' }],
  aliases: ['deepseek'],
  sales: { kind: 'maker', table: 'deepseek' },
  reportsStreamUsage: true,
};
