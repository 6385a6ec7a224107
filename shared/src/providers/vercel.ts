import { IMAGES, prefixed } from './common.ts';
import type { Provider } from './provider.ts';

export const vercel: Provider = {
  name: 'Vercel',
  hosts: [{ host: 'ai-gateway.vercel.sh' }],
  aliases: ['vercel', 'vercel_ai_gateway'],
  sales: {
    kind: 'host',
    billedAsText: IMAGES,
    makers: prefixed('Vercel AI Gateway adds nothing to the price of the provider'),
  },
};
