import { ALL_INPUT, CHAT_APIS, RESOURCE_PATH, VERSION_NUMBER } from './common.ts';
import type { Provider } from './provider.ts';

export const google: Provider = {
  name: 'Google',
  hosts: [{ host: 'generativelanguage.googleapis.com' }, { host: 'gateway.ai.cloudflare.com/v1/*/*/google-ai-studio' }],
  aliases: ['google', 'gemini', 'google_genai', 'google-generative-ai'],
  sales: {
    kind: 'maker',
    table: 'google',
    billedAsText: ALL_INPUT,
    excludes: /claude|^gemma.*-maas$/,
    spellings: [RESOURCE_PATH, VERSION_NUMBER],
  },
  unlimitedByDefault: CHAT_APIS,
  takesIds: true,
  embeddingArray: { max: null },
  singleEmbeddingModels: /^(models\/)?(gemini-embedding-2|multimodal)/,
  batch: { hours: 24, source: 'https://ai.google.dev/gemini-api/docs/batch-api', asOf: '2026-11-22' },
  telemetryName: 'gcp.gemini',
};
