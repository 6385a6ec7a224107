import { CHAT_APIS, IMAGES } from './common.ts';
import type { Provider } from './provider.ts';

export const groq: Provider = {
  name: 'Groq',
  hosts: [{ host: 'api.groq.com' }, { host: 'gateway.pydantic.dev/proxy/groq' }],
  aliases: ['groq'],
  sales: { kind: 'host', table: 'groq', billedAsText: IMAGES },
  takesIds: true,
  unlimitedByDefault: CHAT_APIS,
  takesCompletionTokens: true,
};
