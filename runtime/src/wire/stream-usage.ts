/**
 * Asks for usage in streams, with `stream_options.include_usage`. Only providers that are known to accept it are asked:
 * many servers reject an unknown member (Mistral answers 422), and measuring must not break a request. Other requests
 * are not changed; many providers report their usage unasked (Groq, Together, OpenRouter, Fireworks, Mistral, Zhipu).
 */
import { PROVIDER_TABLE } from '@farthing/shared/providers/index';
import type { ProviderName } from '@farthing/shared/vocabulary';
import type { Payload } from '../support/json-body.ts';
import type { Codec, RequestFacts } from './codec.ts';

/** `known`: where it is known to be accepted. `always`: everywhere. `never`: nowhere. */
export type StreamUsage = 'known' | 'always' | 'never';

interface StreamedRequest {
  readonly codec: Codec;
  readonly provider: ProviderName;
  readonly url: string;
  readonly payload: Payload;
  readonly facts: RequestFacts;
}

/** The request including the question for its usage; null if it must not ask, already asks, or has no usage. */
export function askingForUsage(request: StreamedRequest, mode: StreamUsage): Payload | null {
  const { facts, provider, codec, payload, url } = request;
  if (!facts.isStreaming || mode === 'never') return null;
  return mode === 'always' || isTaken(provider, url, payload) ? codec.withStreamUsage(payload) : null;
}

function isTaken(provider: ProviderName, url: string, payload: Payload): boolean {
  const { streamUsage } = PROVIDER_TABLE[provider];
  if (streamUsage === undefined) return false;
  const { refusedWith = [], versions = null } = streamUsage;
  if (refusedWith.some((member) => payload.member(member) !== undefined)) return false;
  if (versions === null) return true;
  const parsed = URL.parse(url);
  if (parsed === null) return false;
  if (versions.currentPath.test(parsed.pathname)) return true;
  // Previews also have a date in their name.
  const version = /^\d{4}-\d\d-\d\d/.exec(parsed.searchParams.get('api-version') ?? '')?.[0];
  return versions.datedPath.test(parsed.pathname) && version !== undefined && version >= versions.since;
}
