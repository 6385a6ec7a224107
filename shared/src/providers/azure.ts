import { CHAT_APIS, IMAGES, LEGACY_COMPLETION } from './common.ts';
import type { Provider } from './provider.ts';

const AZURE = '[S] Azure sells at the list price of the model';

export const azure: Provider = {
  name: 'Azure',
  hosts: [
    { host: '*.openai.azure.com' },
    { host: '*.cognitiveservices.azure.com' },
    { host: '*.services.ai.azure.com' },
    { host: '*.inference.ai.azure.com' },
    { host: '*.models.ai.azure.com' },
    { host: '*.azure-api.net' },
    { host: '*/openai/deployments' },
    { host: 'gateway.ai.cloudflare.com/v1/*/*/azure-openai' },
  ],
  aliases: ['azure', 'azure_openai', 'azure_ai'],
  sales: {
    kind: 'host',
    table: 'azure',
    billedAsText: IMAGES,
    // Azure's deployments spell gpt-3.5 without the dot, and omit the end of gpt-5-chat-latest.
    makers: [
      { maker: 'openai', pattern: /^gpt-35-(.+)$/, id: 'gpt-3.5-$1', samePrice: AZURE },
      { maker: 'openai', pattern: /^(gpt-[\d.]+-chat)$/, id: '$1-latest', samePrice: AZURE },
      { maker: 'openai', pattern: /^(.+)$/, id: '$1', samePrice: AZURE },
      { maker: 'anthropic', pattern: /^(claude.+)$/, id: '$1', samePrice: AZURE },
      { maker: 'xai', pattern: /^(grok.+)$/, id: '$1', samePrice: AZURE },
      { maker: 'moonshot', pattern: /^(kimi.+)$/i, id: '$1', samePrice: AZURE },
      { maker: 'deepseek', pattern: /^(deepseek.+)$/i, id: '$1' },
      { maker: 'mistral', pattern: /^((?:mistral|ministral|codestral).+)$/i, id: '$1' },
      // Cohere's models are named after their task: Cohere-embed-v3-english is embed-english-v3.0.
      {
        maker: 'cohere',
        pattern: /^cohere-embed-v3-(english|multilingual)$/i,
        id: 'embed-$1-v3.0',
        samePrice: '[S] Azure AI price list',
      },
      { maker: 'cohere', pattern: /^cohere-(.+)$/i, id: '$1' },
    ],
  },
  unlimitedByDefault: CHAT_APIS,
  limitedModels: LEGACY_COMPLETION,
  embeddingArray: { max: 2048 },
  takesCompletionTokens: true,
  takesPromptCacheKey: true,
  takesToolLimit: true,
  telemetryName: 'azure.ai.openai',
  streamUsage: {
    source:
      'https://github.com/Azure/azure-rest-api-specs: AzureOpenAI/inference/stable/2024-10-21; searches of own data refuse it: Azure/azure-sdk-for-js#30751',
    asOf: '2026-11-29',
    refusedWith: ['data_sources'],
    versions: { currentPath: /\/openai\/v1(?:\/|$)/, datedPath: /\/openai\/deployments\//, since: '2024-09-01' },
  },
};
