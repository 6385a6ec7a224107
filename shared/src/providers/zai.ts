import { IMAGES_AND_VIDEO } from './common.ts';
import type { Provider } from './provider.ts';

export const zai: Provider = {
  name: 'Z.ai',
  hosts: [{ host: 'api.z.ai' }],
  aliases: ['zai', 'z-ai'],
  // The same maker as Zhipu, with its own list in dollars.
  sales: { kind: 'maker', table: 'zai', billedAsText: IMAGES_AND_VIDEO },
};
