import type { Provider } from './provider.ts';

export const cerebras: Provider = {
  name: 'Cerebras',
  hosts: [{ host: 'api.cerebras.ai' }],
  aliases: ['cerebras'],
  sales: { kind: 'host', table: 'cerebras' },
  takesCompletionTokens: true,
};
