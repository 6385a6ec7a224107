import type { Provider } from './provider.ts';

export const watsonx: Provider = {
  name: 'IBM watsonx',
  hosts: [{ host: '*.ml.cloud.ibm.com' }],
  aliases: ['watsonx'],
  sales: { kind: 'host' },
};
