import { CHAT_APIS, IMAGES } from './common.ts';
import type { Provider } from './provider.ts';

export const mistral: Provider = {
  name: 'Mistral AI',
  hosts: [{ host: 'api.mistral.ai' }, { host: 'codestral.mistral.ai' }],
  aliases: ['mistral', 'mistralai'],
  sales: { kind: 'maker', table: 'mistral', billedAsText: IMAGES },
  takesIds: true,
  unlimitedByDefault: CHAT_APIS,
  embeddingArray: { max: null },
  telemetryName: 'mistral_ai',
};
