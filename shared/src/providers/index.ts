/** The traits of every provider, by name. */
import { PROVIDERS, type ProviderName } from '../vocabulary.ts';
import { aimlapi } from './aimlapi.ts';
import { alibaba } from './alibaba.ts';
import { anthropic } from './anthropic.ts';
import { any } from './any.ts';
import { anyscale } from './anyscale.ts';
import { avian } from './avian.ts';
import { awsBedrock } from './aws-bedrock.ts';
import { azure } from './azure.ts';
import { cerebras } from './cerebras.ts';
import { cloudflare } from './cloudflare.ts';
import { cohere } from './cohere.ts';
import { databricks } from './databricks.ts';
import { deepgram } from './deepgram.ts';
import { deepinfra } from './deepinfra.ts';
import { deepseek } from './deepseek.ts';
import { elevenlabs } from './elevenlabs.ts';
import { fireworks } from './fireworks.ts';
import { github } from './github.ts';
import { google } from './google.ts';
import { googleVertex } from './google-vertex.ts';
import { groq } from './groq.ts';
import { heroku } from './heroku.ts';
import { huggingface } from './huggingface.ts';
import { hyperbolic } from './hyperbolic.ts';
import { lmstudio } from './lmstudio.ts';
import { localai } from './localai.ts';
import { minimax } from './minimax.ts';
import { mistral } from './mistral.ts';
import { moonshot } from './moonshot.ts';
import { nebius } from './nebius.ts';
import { novita } from './novita.ts';
import { nvidia } from './nvidia.ts';
import { ollama } from './ollama.ts';
import { openai } from './openai.ts';
import { openaiCompatible } from './openai-compatible.ts';
import { openrouter } from './openrouter.ts';
import { ovhcloud } from './ovhcloud.ts';
import { perplexity } from './perplexity.ts';
import { portkey } from './portkey.ts';
import type { Provider } from './provider.ts';
import { replicate } from './replicate.ts';
import { sambanova } from './sambanova.ts';
import { snowflake } from './snowflake.ts';
import { together } from './together.ts';
import { unknown } from './unknown.ts';
import { vercel } from './vercel.ts';
import { vllm } from './vllm.ts';
import { voyage } from './voyage.ts';
import { watsonx } from './watsonx.ts';
import { writer } from './writer.ts';
import { xai } from './xai.ts';
import { zai } from './zai.ts';
import { zhipu } from './zhipu.ts';

export const PROVIDER_TABLE: Readonly<Record<ProviderName, Provider>> = {
  openai,
  anthropic,
  google,
  mistral,
  cohere,
  deepseek,
  xai,
  perplexity,
  moonshot,
  zhipu,
  zai,
  minimax,
  voyage,
  writer,
  alibaba,
  elevenlabs,
  deepgram,
  azure,
  'google-vertex': googleVertex,
  'aws-bedrock': awsBedrock,
  groq,
  together,
  fireworks,
  cerebras,
  openrouter,
  vercel,
  databricks,
  cloudflare,
  novita,
  ovhcloud,
  avian,
  snowflake,
  heroku,
  watsonx,
  deepinfra,
  sambanova,
  nebius,
  hyperbolic,
  github,
  anyscale,
  aimlapi,
  nvidia,
  huggingface,
  replicate,
  ollama,
  lmstudio,
  localai,
  vllm,
  'openai-compatible': openaiCompatible,
  portkey,
  any,
  unknown,
};

/** The traits of a provider named in data, such as a ledger row; null for an unknown name. */
export function providerNamed(name: string): Provider | null {
  return Object.hasOwn(PROVIDER_TABLE, name) ? PROVIDER_TABLE[name as ProviderName] : null;
}

const BY_ALIAS: ReadonlyMap<string, ProviderName> = new Map(
  PROVIDERS.flatMap((name) => (PROVIDER_TABLE[name].aliases ?? []).map((alias) => [alias, name] as const)),
);

/** The provider that gateways and SDKs mean by a name; null if it is unknown. */
export function providerOfAlias(alias: string): ProviderName | null {
  return BY_ALIAS.get(alias) ?? null;
}
