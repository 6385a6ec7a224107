import type { Provider } from './provider.ts';

export const ollama: Provider = {
  name: 'Ollama',
  hosts: [{ host: 'ollama.com' }, { host: '*:11434' }],
  aliases: ['ollama', 'ollama_chat'],
  sales: { kind: 'local' },
  wrapsCompletions: true,
  streamUsage: { source: 'https://docs.ollama.com/openai', asOf: '2026-11-29' },
};
