import { prefixed } from './common.ts';
import type { Provider } from './provider.ts';

export const aimlapi: Provider = {
  name: 'AI/ML API',
  hosts: [{ host: 'api.aimlapi.com' }],
  sales: { kind: 'host', makers: prefixed() },
};
