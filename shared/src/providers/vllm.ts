import type { Provider } from './provider.ts';

export const vllm: Provider = {
  name: 'vLLM',
  aliases: ['vllm', 'hosted_vllm'],
  sales: { kind: 'local' },
  streamUsage: { source: 'https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html', asOf: '2026-11-29' },
};
