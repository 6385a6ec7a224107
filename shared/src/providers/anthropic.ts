import { IMAGES } from './common.ts';
import type { Provider } from './provider.ts';

export const anthropic: Provider = {
  name: 'Anthropic',
  hosts: [
    { host: 'api.anthropic.com' },
    { host: 'gateway.ai.cloudflare.com/v1/*/*/anthropic' },
    { host: 'gateway.pydantic.dev/proxy/anthropic' },
    { host: 'anthropic.helicone.ai' },
  ],
  aliases: ['anthropic'],
  sales: {
    kind: 'maker',
    table: 'anthropic',
    billedAsText: IMAGES,
    spellings: [
      // Gateways write claude-sonnet-4-5 as claude-sonnet-4.5.
      [/(\d)\.(\d)/, '$1-$2'],
      // OpenRouter answers as claude-4.5-sonnet.
      [/^claude-(4-\d)-(opus|sonnet|haiku)/, 'claude-$2-$1'],
    ],
  },
  takesIds: true,
  batch: {
    hours: 24,
    source: 'https://platform.claude.com/docs/en/build-with-claude/batch-processing',
    asOf: '2026-11-22',
  },
  markedCache: {
    minutes: 5,
    longMinutes: 60,
    source: 'https://platform.claude.com/docs/en/build-with-claude/prompt-caching',
    asOf: '2026-11-22',
  },
  // "max_tokens: 128001 > 64000, which is the maximum allowed number of output tokens for claude-opus-4-5-20251101"
  refusedLimit: {
    apis: ['messages', 'completion'],
    source: 'https://github.com/anthropics/claude-code/issues/24451',
    asOf: '2026-02-09',
  },
};
