import type { Provider } from './provider.ts';

export const deepseek: Provider = {
  name: 'DeepSeek',
  hosts: [{ host: 'api.deepseek.com' }],
  aliases: ['deepseek'],
  sales: { kind: 'maker', table: 'deepseek' },
  streamUsage: { source: 'https://api-docs.deepseek.com/api/create-chat-completion', asOf: '2026-11-29' },
};
