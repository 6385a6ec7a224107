/**
 * Who takes `stream_options.include_usage`, without which their streams do not say what they used. Only these are asked: an
 * unknown member is an error at many servers (Mistral answers 422), and what measures a request must not break it. All
 * others are read as they come; many name their usage unasked (Groq, Together, OpenRouter, Fireworks, Mistral, Zhipu).
 */
import type { ProviderName } from '@farthing/shared/vocabulary';
import type { Payload } from '../support/json-body.ts';
import type { Codec, RequestFacts } from './codec.ts';

/** `known`: where it is known to be taken. `always`: everywhere, and `never`: nowhere, whatever is known. */
export type StreamUsage = 'known' | 'always' | 'never';

interface Taker {
  readonly provider: ProviderName;
  /** Only these addresses of the provider; all of them where it is absent. */
  readonly isTaken?: (url: URL, payload: Payload) => boolean;
  readonly source: string;
  readonly asOf: string;
}

const TAKERS: readonly Taker[] = [
  {
    provider: 'openai',
    source: 'https://platform.openai.com/docs/api-reference/chat/create#chat-create-stream_options',
    asOf: '2026-11-29',
  },
  {
    provider: 'azure',
    isTaken: isTakenByAzure,
    source:
      'https://github.com/Azure/azure-rest-api-specs: AzureOpenAI/inference/stable/2024-10-21; searches of own data refuse it: Azure/azure-sdk-for-js#30751',
    asOf: '2026-11-29',
  },
  {
    provider: 'deepseek',
    source: 'https://api-docs.deepseek.com/api/create-chat-completion',
    asOf: '2026-11-29',
  },
  { provider: 'xai', source: 'https://docs.x.ai/docs/api-reference#chat-completions', asOf: '2026-11-29' },
  {
    provider: 'vllm',
    source: 'https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html',
    asOf: '2026-11-29',
  },
  { provider: 'ollama', source: 'https://docs.ollama.com/openai', asOf: '2026-11-29' },
];

/** The first version that has it; previews are named by their date as well. */
const AZURE_SINCE = '2024-09-01';

function isTakenByAzure(url: URL, payload: Payload): boolean {
  if (payload.member('data_sources') !== undefined) return false;
  if (/\/openai\/v1(?:\/|$)/.test(url.pathname)) return true;
  const version = /^\d{4}-\d\d-\d\d/.exec(url.searchParams.get('api-version') ?? '')?.[0];
  return url.pathname.includes('/openai/deployments/') && version !== undefined && version >= AZURE_SINCE;
}

interface StreamedRequest {
  readonly codec: Codec;
  readonly provider: ProviderName;
  readonly url: string;
  readonly payload: Payload;
  readonly facts: RequestFacts;
}

/** The request as it asks for its usage; null where it must not be asked, asks anyway, or has none to ask for. */
export function askingForUsage(request: StreamedRequest, mode: StreamUsage): Payload | null {
  const { facts, provider, codec, payload, url } = request;
  if (!facts.isStreaming || mode === 'never') return null;
  return mode === 'always' || isTaken(provider, url, payload) ? codec.withStreamUsage(payload) : null;
}

function isTaken(provider: ProviderName, url: string, payload: Payload): boolean {
  const taker = TAKERS.find((one) => one.provider === provider);
  if (taker === undefined) return false;
  const parsed = URL.parse(url);
  return parsed !== null && (taker.isTaken?.(parsed, payload) ?? true);
}
