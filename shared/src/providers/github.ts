import { prefixed } from './common.ts';
import type { Provider } from './provider.ts';

export const github: Provider = {
  name: 'GitHub',
  hosts: [{ host: 'models.github.ai' }, { host: 'models.inference.ai.azure.com' }],
  aliases: ['github'],
  sales: { kind: 'host', makers: prefixed() },
};
