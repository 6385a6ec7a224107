import { IMAGES_AND_VIDEO } from './common.ts';
import type { Provider } from './provider.ts';

export const zhipu: Provider = {
  name: 'Zhipu AI',
  hosts: [{ host: 'open.bigmodel.cn' }],
  aliases: ['zhipu'],
  sales: { kind: 'maker', table: 'zhipuai', billedAsText: IMAGES_AND_VIDEO },
};
