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
  // "max_tokens must be less than or equal to 40960"
  refusedLimit: {
    apis: ['chat.completions', 'completion'],
    source: 'https://github.com/RooCodeInc/Roo-Code/issues/5136',
    asOf: '2025-06-26',
  },
};
