/** Which provider answers at an address. Data; a project's configuration adds its own hosts in front. */
import type { ProviderName } from './vocabulary.ts';

export interface HostRule {
  /** A host name (`api.openai.com`, `*.openai.azure.com`), with a port where that tells, with a path where only that does. */
  readonly host: string;
  readonly provider: ProviderName;
  /** True where requests keep their data in one region, for which some models cost more. */
  readonly isResident?: boolean;
}

/** The first match wins; `*` stands for one or more characters. */
export const HOSTS: readonly HostRule[] = [
  { host: '*.openai.azure.com', provider: 'azure' },
  { host: '*.cognitiveservices.azure.com', provider: 'azure' },
  { host: '*.services.ai.azure.com', provider: 'azure' },
  { host: '*.inference.ai.azure.com', provider: 'azure' },
  { host: '*.models.ai.azure.com', provider: 'azure' },
  { host: '*.azure-api.net', provider: 'azure' },
  { host: '*/openai/deployments', provider: 'azure' },
  { host: 'api.openai.com', provider: 'openai' },
  { host: '*.api.openai.com', provider: 'openai', isResident: true },
  { host: 'api.anthropic.com', provider: 'anthropic' },
  { host: 'generativelanguage.googleapis.com', provider: 'google' },
  { host: 'aiplatform.googleapis.com', provider: 'google-vertex' },
  { host: 'global-aiplatform.googleapis.com', provider: 'google-vertex' },
  { host: '*aiplatform.googleapis.com', provider: 'google-vertex', isResident: true },
  { host: 'aiplatform.*.rep.googleapis.com', provider: 'google-vertex', isResident: true },
  { host: 'bedrock-runtime*.amazonaws.com', provider: 'aws-bedrock' },
  { host: 'bedrock-mantle.*.api.aws', provider: 'aws-bedrock' },
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
  { host: 'ai-gateway.vercel.sh', provider: 'vercel' },
  { host: '*.azuredatabricks.net', provider: 'databricks' },
  { host: '*.databricks.com', provider: 'databricks' },
  { host: 'api.cloudflare.com/client/v4/accounts', provider: 'cloudflare' },
  { host: 'gateway.ai.cloudflare.com/v1/*/*/openai', provider: 'openai' },
  { host: 'gateway.ai.cloudflare.com/v1/*/*/azure-openai', provider: 'azure' },
  { host: 'gateway.ai.cloudflare.com/v1/*/*/anthropic', provider: 'anthropic' },
  { host: 'gateway.ai.cloudflare.com/v1/*/*/google-ai-studio', provider: 'google' },
  { host: 'gateway.ai.cloudflare.com/v1/*/*/google-vertex-ai', provider: 'google-vertex' },
  { host: 'gateway.ai.cloudflare.com/v1/*/*/aws-bedrock', provider: 'aws-bedrock' },
  { host: 'gateway.ai.cloudflare.com/v1/*/*/workers-ai', provider: 'cloudflare' },
  { host: 'gateway.ai.cloudflare.com/v1', provider: 'any' },
  { host: 'gateway.pydantic.dev/proxy/openai', provider: 'openai' },
  { host: 'gateway.pydantic.dev/proxy/anthropic', provider: 'anthropic' },
  { host: 'gateway.pydantic.dev/proxy/groq', provider: 'groq' },
  { host: 'gateway.pydantic.dev/proxy/google-vertex', provider: 'google-vertex' },
  { host: 'gateway.pydantic.dev/proxy/bedrock', provider: 'aws-bedrock' },
  { host: 'oai.helicone.ai', provider: 'openai' },
  { host: 'anthropic.helicone.ai', provider: 'anthropic' },
  { host: 'ai-gateway.helicone.ai', provider: 'any' },
  { host: 'models.github.ai', provider: 'github' },
  { host: 'models.inference.ai.azure.com', provider: 'github' },
  { host: 'api.avian.io', provider: 'avian' },
  { host: 'api.minimax.io', provider: 'minimax' },
  { host: 'api.minimaxi.com', provider: 'minimax' },
  { host: 'api.novita.ai', provider: 'novita' },
  { host: 'oai.endpoints.kepler.ai.cloud.ovh.net', provider: 'ovhcloud' },
  { host: 'api.writer.com', provider: 'writer' },
  { host: '*.snowflakecomputing.com', provider: 'snowflake' },
  { host: '*.inference.heroku.com', provider: 'heroku' },
  { host: '*.ml.cloud.ibm.com', provider: 'watsonx' },
  { host: 'api.deepinfra.com', provider: 'deepinfra' },
  { host: 'api.sambanova.ai', provider: 'sambanova' },
  { host: 'api.studio.nebius.com', provider: 'nebius' },
  { host: 'api.tokenfactory.nebius.com', provider: 'nebius' },
  { host: 'api.hyperbolic.xyz', provider: 'hyperbolic' },
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
  { host: 'api.z.ai', provider: 'zai' },
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
  const address = addressOf(url);
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

/** True where the address keeps a request's data in one region: `https://eu.api.openai.com/v1`. */
export function isResidentUrl(url: string): boolean {
  const address = addressOf(url);
  return COMPILED.find((rule) => rule.pattern.test(address))?.isResident === true;
}

function addressOf(url: string): string {
  return url
    .trim()
    .toLowerCase()
    .replace(/^[a-z+]+:\/\//, '')
    .replace(/^[^/@]*@/, '');
}

const COMPILED = HOSTS.map(({ host, ...rule }) => {
  const source = host.replace(/[.\\+?^${}()|[\]]/g, '\\$&').replaceAll('*', '.*');
  return { ...rule, pattern: new RegExp(`^${source}(?=[:/?#]|$)`, 's') };
});
