import type { Provider } from './provider.ts';

export const deepseek: Provider = {
  name: 'DeepSeek',
  hosts: [{ host: 'api.deepseek.com' }],
  aliases: ['deepseek'],
  sales: { kind: 'maker', table: 'deepseek' },
  streamUsage: { source: 'https://api-docs.deepseek.com/api/create-chat-completion', asOf: '2026-11-29' },
  // "Invalid max_tokens value, the valid range of max_tokens is [1, 8192]"
  refusedLimit: {
    apis: ['chat.completions', 'completion'],
    source: 'https://github.com/nickscamara/open-deep-research/issues/19',
    asOf: '2025-02-07',
  },
};
