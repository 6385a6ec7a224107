/** Which provider answers at an address. Data; a project's configuration adds its own hosts in front. */
import type { ProviderName } from './vocabulary.ts';

export interface HostRule {
  /** A host name (`api.openai.com`, `*.openai.azure.com`), with a port where that tells, with a path where only that does. */
  readonly host: string;
  readonly provider: ProviderName;
}

/** The first match wins; `*` stands for one or more characters. */
export const HOSTS: readonly HostRule[] = [
  { host: '*.openai.azure.com', provider: 'azure' },
  { host: '*.cognitiveservices.azure.com', provider: 'azure' },
  { host: '*.services.ai.azure.com', provider: 'azure' },
  { host: '*.inference.ai.azure.com', provider: 'azure' },
  { host: '*/openai/deployments', provider: 'azure' },
  { host: 'api.openai.com', provider: 'openai' },
  { host: '*.api.openai.com', provider: 'openai' },
  { host: 'api.anthropic.com', provider: 'anthropic' },
  { host: 'generativelanguage.googleapis.com', provider: 'google' },
  { host: 'aiplatform.googleapis.com', provider: 'google-vertex' },
  { host: '*aiplatform.googleapis.com', provider: 'google-vertex' },
  { host: 'bedrock-runtime*.amazonaws.com', provider: 'aws-bedrock' },
  { host: 'bedrock-agent-runtime*.amazonaws.com', provider: 'aws-bedrock' },
  { host: 'api.mistral.ai', provider: 'mistral' },
  { host: 'codestral.mistral.ai', provider: 'mistral' },
  { host: 'api.cohere.ai', provider: 'cohere' },
  { host: 'api.cohere.com', provider: 'cohere' },
  { host: 'api.groq.com', provider: 'groq' },
  { host: 'api.together.xyz', provider: 'together' },
  { host: 'api.together.ai', provider: 'together' },
  { host: 'api.deepseek.com', provider: 'deepseek' },
  { host: 'openrouter.ai', provider: 'openrouter' },
  { host: 'api.x.ai', provider: 'xai' },
  { host: 'api.perplexity.ai', provider: 'perplexity' },
  { host: 'api.fireworks.ai', provider: 'fireworks' },
  { host: 'api.cerebras.ai', provider: 'cerebras' },
  { host: 'api.endpoints.anyscale.com', provider: 'anyscale' },
  { host: 'api.aimlapi.com', provider: 'aimlapi' },
  { host: 'api.portkey.ai', provider: 'portkey' },
  { host: 'integrate.api.nvidia.com', provider: 'nvidia' },
  { host: 'ai.api.nvidia.com', provider: 'nvidia' },
  { host: 'api-inference.huggingface.co', provider: 'huggingface' },
  { host: 'router.huggingface.co', provider: 'huggingface' },
  { host: '*.endpoints.huggingface.cloud', provider: 'huggingface' },
  { host: 'api.replicate.com', provider: 'replicate' },
  { host: 'api.moonshot.cn', provider: 'moonshot' },
  { host: 'api.moonshot.ai', provider: 'moonshot' },
  { host: 'dashscope.aliyuncs.com', provider: 'alibaba' },
  { host: 'dashscope-intl.aliyuncs.com', provider: 'alibaba' },
  { host: 'open.bigmodel.cn', provider: 'zhipu' },
  { host: 'api.z.ai', provider: 'zhipu' },
  { host: 'api.voyageai.com', provider: 'voyage' },
  { host: 'api.elevenlabs.io', provider: 'elevenlabs' },
  { host: 'ollama.com', provider: 'ollama' },
  { host: '*:11434', provider: 'ollama' },
  { host: '*:1234', provider: 'lmstudio' },
  { host: 'localhost:8080', provider: 'localai' },
  { host: '127.0.0.1:8080', provider: 'localai' },
];

/** Hosts of the table that are names, for the prefilter. */
export const HOST_NAMES: readonly string[] = HOSTS.map((rule) => rule.host)
  .filter((host) => /[a-z]\.[a-z]+$/.test(host))
  .map((host) => host.replace(/^\*\.?/, ''));

/**
 * The provider at a URL or bare host (`https://api.groq.com/openai/v1`), by the project's `overrides` (host, or the
 * beginning of the URL, to provider) and then by the table; null where neither knows the address.
 */
export function providerOfUrl(
  url: string,
  overrides: Readonly<Record<string, ProviderName>> = {},
): ProviderName | null {
  const address = url
    .trim()
    .toLowerCase()
    .replace(/^[a-z+]+:\/\//, '')
    .replace(/^[^/@]*@/, '');
  for (const [prefix, provider] of Object.entries(overrides)) {
    const wanted = prefix
      .trim()
      .toLowerCase()
      .replace(/^[a-z+]+:\/\//, '')
      .replace(/\/+$/, '');
    if (wanted !== '' && address.startsWith(wanted) && !/[\w.-]/.test(address.charAt(wanted.length))) return provider;
  }
  return COMPILED.find((rule) => rule.pattern.test(address))?.provider ?? null;
}

const COMPILED = HOSTS.map(({ host, provider }) => {
  const source = host.replace(/[.\\+?^${}()|[\]]/g, '\\$&').replaceAll('*', '.*');
  return { pattern: new RegExp(`^${source}(?=[:/?#]|$)`, 's'), provider };
});
