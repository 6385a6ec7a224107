import type { Provider } from './provider.ts';

export const watsonx: Provider = {
  hosts: [{ host: '*.ml.cloud.ibm.com' }],
  aliases: ['watsonx'],
  sales: { kind: 'host' },
};
