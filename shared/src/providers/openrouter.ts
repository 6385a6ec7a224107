import { CHAT_APIS, IMAGES_AND_VIDEO, prefixed } from './common.ts';
import type { Provider } from './provider.ts';

export const openrouter: Provider = {
  name: 'OpenRouter',
  hosts: [{ host: 'openrouter.ai' }],
  aliases: ['openrouter'],
  sales: {
    kind: 'host',
    table: 'openrouter',
    billedAsText: IMAGES_AND_VIDEO,
    free: { pattern: /:free$/, source: 'OpenRouter: variants named :free cost nothing' },
    // The revision in a served name: z-ai/glm-5-turbo-20260315, moonshotai/kimi-k2.5-0127.
    spellings: [
      [/-0[1-9]\d{2}$|-1[0-2]\d{2}$/, ''],
      [/^anthropic\/claude-(\d(?:\.\d)?)-(opus|sonnet|haiku)/, 'anthropic/claude-$2-$1'],
    ],
    makers: prefixed('OpenRouter passes on the price of the provider'),
  },
  unlimitedByDefault: CHAT_APIS,
  takesCompletionTokens: true,
  markedCache: {
    minutes: 5,
    source: 'https://openrouter.ai/docs/guides/best-practices/prompt-caching',
    asOf: '2026-11-22',
  },
};
