import { IMAGES_AND_VIDEO } from './common.ts';
import type { Provider } from './provider.ts';

export const moonshot: Provider = {
  name: 'Moonshot AI',
  hosts: [{ host: 'api.moonshot.cn' }, { host: 'api.moonshot.ai' }],
  aliases: ['moonshot', 'moonshotai'],
  sales: { kind: 'maker', table: 'moonshotai', billedAsText: IMAGES_AND_VIDEO },
};
