import { IMAGES_AND_VIDEO } from './common.ts';
import type { Provider } from './provider.ts';

export const alibaba: Provider = {
  name: 'Alibaba Cloud',
  hosts: [{ host: 'dashscope.aliyuncs.com' }, { host: 'dashscope-intl.aliyuncs.com' }],
  aliases: ['dashscope'],
  sales: { kind: 'maker', billedAsText: IMAGES_AND_VIDEO },
};
