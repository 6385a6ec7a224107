import { ALL_INPUT, CHAT_APIS, RESOURCE_PATH, VERSION_NUMBER } from './common.ts';
import type { Provider } from './provider.ts';

export const googleVertex: Provider = {
  name: 'Google Vertex AI',
  hosts: [
    { host: 'aiplatform.googleapis.com' },
    { host: 'global-aiplatform.googleapis.com' },
    { host: '*aiplatform.googleapis.com', isResident: true },
    { host: 'aiplatform.*.rep.googleapis.com', isResident: true },
    { host: 'gateway.ai.cloudflare.com/v1/*/*/google-vertex-ai' },
    { host: 'gateway.pydantic.dev/proxy/google-vertex' },
  ],
  aliases: ['google_vertexai', 'vertex', 'vertex_ai'],
  sales: {
    kind: 'host',
    table: 'google',
    billedAsText: ALL_INPUT,
    // Free with the Gemini API; here they run on endpoints that are paid by the hour.
    excludes: /^gemma(?!.*-maas$)/,
    spellings: [RESOURCE_PATH, VERSION_NUMBER],
    makers: [
      {
        maker: 'anthropic',
        pattern: /^(?:anthropic\/)?(claude.+)$/,
        id: '$1',
        samePrice: 'Anthropic pricing page: the global endpoint has the list price',
      },
      {
        maker: 'google',
        pattern: /^(?:google\/)?(gem.+)$/,
        id: '$1',
        samePrice: 'Google Cloud lists the prices of the Gemini API',
        hasSameTiers: true,
      },
      {
        maker: 'google',
        pattern: /^((?:text-|imagen|veo).+)$/,
        id: '$1',
        samePrice: 'Google Cloud lists the prices of the Gemini API',
      },
      { maker: 'mistral', pattern: /^((?:mistral|codestral|mixtral).+)$/, id: '$1' },
    ],
  },
  // Claude on Vertex uses the Messages API, which requires a limit.
  unlimitedByDefault: CHAT_APIS,
  limitedModels: /claude/,
  // "250 input texts per request", and one for gemini-embedding-001 (2026-11-30):
  // https://docs.cloud.google.com/vertex-ai/generative-ai/docs/embeddings/get-text-embeddings
  embeddingArray: { max: 250 },
  singleEmbeddingModels: /(?:^|\/)(?:gemini-embedding|multimodal)/,
  telemetryName: 'gcp.vertex_ai',
  markedCache: {
    minutes: 5,
    source: 'https://docs.cloud.google.com/vertex-ai/generative-ai/docs/partner-models/claude/prompt-caching',
    asOf: '2026-11-22',
  },
  // "it has a maxOutputTokens value of 65536 but the supported range is from 1 (inclusive) to 65536 (exclusive)"
  refusedLimit: {
    apis: ['generate_content', 'completion'],
    source: 'https://github.com/BerriAI/litellm/pull/10548',
    asOf: '2025-05-04',
  },
};
