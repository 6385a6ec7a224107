/**
 * Asking for usage in streams, by `stream_options.include_usage`. Only providers that are known to take it are asked: an
 * unknown member is an error at many servers (Mistral answers 422), and what measures a request must not break it. All
 * others are read as they come; many name their usage unasked (Groq, Together, OpenRouter, Fireworks, Mistral, Zhipu).
 */
import { PROVIDER_TABLE } from '@farthing/shared/providers/index';
import type { ProviderName } from '@farthing/shared/vocabulary';
import type { Payload } from '../support/json-body.ts';
import type { Codec, RequestFacts } from './codec.ts';

/** `known`: where it is known to be taken. `always`: everywhere, and `never`: nowhere, whatever is known. */
export type StreamUsage = 'known' | 'always' | 'never';

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
  const { streamUsage } = PROVIDER_TABLE[provider];
  if (streamUsage === undefined) return false;
  const { refusedWith = [], versions = null } = streamUsage;
  const parsed = URL.parse(url);
  if (parsed === null || refusedWith.some((member) => payload.member(member) !== undefined)) return false;
  if (versions === null || versions.currentPath.test(parsed.pathname)) return true;
  // Previews are named by their date as well.
  const version = /^\d{4}-\d\d-\d\d/.exec(parsed.searchParams.get('api-version') ?? '')?.[0];
  return versions.datedPath.test(parsed.pathname) && version !== undefined && version >= versions.since;
}
