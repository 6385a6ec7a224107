import type { Provider } from './provider.ts';

export const nvidia: Provider = {
  name: 'NVIDIA',
  hosts: [{ host: 'integrate.api.nvidia.com' }, { host: 'ai.api.nvidia.com' }],
  aliases: ['nvidia', 'nvidia_nim'],
  sales: { kind: 'host' },
};
