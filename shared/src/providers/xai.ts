import { CHAT_APIS, IMAGES } from './common.ts';
import type { Provider } from './provider.ts';

export const xai: Provider = {
  name: 'xAI',
  hosts: [{ host: 'api.x.ai' }],
  aliases: ['xai', 'x-ai'],
  sales: {
    kind: 'maker',
    table: 'x-ai',
    billedAsText: IMAGES,
    // The effort in a served name (grok-3-mini-high), and the revision (grok-4.20-0309-reasoning).
    spellings: [
      [/-(?:low|high)$/, ''],
      // Gateways write grok-4.1-fast.
      [/^grok-4\.1-fast$/, 'grok-4-1-fast'],
      [/^(grok-4\.20)-\d{4}(?:-(?:non-)?reasoning)?$/, '$1'],
      [/^(grok-4\.20-multi-agent)-\d{4}$/, '$1'],
    ],
  },
  takesIds: true,
  unlimitedByDefault: CHAT_APIS,
  takesCompletionTokens: true,
  telemetryName: 'x_ai',
  streamUsage: { source: 'https://docs.x.ai/docs/api-reference#chat-completions', asOf: '2026-11-29' },
};
