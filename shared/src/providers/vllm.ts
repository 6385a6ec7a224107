import type { Provider } from './provider.ts';

export const vllm: Provider = {
  aliases: ['vllm', 'hosted_vllm'],
  sales: { kind: 'local' },
  reportsStreamUsage: true,
};
