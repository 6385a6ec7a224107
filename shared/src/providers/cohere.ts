import { IMAGES } from './common.ts';
import type { Provider } from './provider.ts';

export const cohere: Provider = {
  name: 'Cohere',
  hosts: [{ host: 'api.cohere.ai' }, { host: 'api.cohere.com' }],
  aliases: ['cohere', 'cohere_chat'],
  sales: { kind: 'maker', table: 'cohere', billedAsText: IMAGES },
  // https://docs.cohere.com/v2/reference/embed: "Maximum number of texts per call is 96".
  takesIds: true,
  unlimitedByDefault: ['chat', 'invoke', 'completion'],
  embeddingArray: { max: 96 },
};
