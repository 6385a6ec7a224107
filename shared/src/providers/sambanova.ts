import type { Provider } from './provider.ts';

export const sambanova: Provider = {
  name: 'SambaNova',
  hosts: [{ host: 'api.sambanova.ai' }],
  aliases: ['sambanova'],
  sales: { kind: 'host' },
};
