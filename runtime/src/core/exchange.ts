/** From what a client hands to fetch to an exchange, and exchanges that say something else. */
import { providerOfUrl } from '@farthing/shared/hosts';
import type { ProviderName } from '@farthing/shared/vocabulary';
import { contextOf, NO_CONTEXT, type Scope } from '../sdk/context.ts';
import { type JsonObject, type Payload, payloadOfJson, payloadOfText } from '../support/json-body.ts';
import { codecOf } from '../wire/index.ts';
import { createRecord } from './call-record.ts';
import type { Exchange } from './pipeline.ts';
import { isSecretName, withoutSecretParameters } from './secrets.ts';

export type FetchInput = Parameters<typeof globalThis.fetch>[0];

/**
 * Null where the request is not understood: another address, a body that is no JSON text. Such a request is passed on as
 * it came.
 */
export function exchangeOf(
  input: FetchInput,
  init: RequestInit | undefined,
  scope: Scope | null,
  providerAt: (url: string) => ProviderName,
  fetch: typeof globalThis.fetch,
): Exchange | null {
  if (typeof input !== 'string' && !(input instanceof URL)) return null;
  const url = String(input);
  const path = pathOf(url);
  const codec = codecOf(path);
  if (codec === null || typeof init?.body !== 'string') return null;
  const payload = payloadOfText(init.body);
  if (payload === null) return null;
  const given = init.headers instanceof Headers ? init.headers : new Headers(init.headers);
  const { context, headers } = contextOf(given, scope?.context ?? NO_CONTEXT);
  return {
    id: crypto.randomUUID(),
    codec,
    provider: providerAt(url),
    url,
    init,
    headers,
    payload,
    facts: codec.read(payload, path),
    context,
    scope,
    signal: init.signal ?? null,
    isRefresh: false,
    record: createRecord(),
    fetch,
  };
}

/** The same request as a call of its own, for nobody who waits. */
export function refreshOf(exchange: Exchange): Exchange {
  return { ...exchange, id: crypto.randomUUID(), record: createRecord(), scope: null, signal: null, isRefresh: true };
}

/** The same request with another body, and another address where the format has the model there. */
export function withPayload(exchange: Exchange, payload: Payload, url: string = exchange.url): Exchange {
  const headers = withoutLength(exchange.headers);
  return { ...exchange, url, headers, payload, facts: exchange.codec.read(payload, pathOf(url)) };
}

/** For a body that is no longer the one whose length they tell. */
export function withoutLength(headers: Headers): Headers {
  if (!headers.has('content-length')) return headers;
  const kept = new Headers(headers);
  kept.delete('content-length');
  return kept;
}

/**
 * The same request with a body that `change` makes; as it is where there is nothing to change, or where its body is not
 * understood.
 */
export function withBody(exchange: Exchange, change: (body: JsonObject) => JsonObject | null): Exchange {
  const { json } = exchange.payload;
  const changed = json === null ? null : change(json);
  return changed === null ? exchange : withPayload(exchange, payloadOfJson(changed));
}

export function withModel(exchange: Exchange, model: string): Exchange {
  if (exchange.facts.model === model) return exchange;
  const { url, body } = exchange.codec.withModel(exchange.url, exchange.payload, model);
  return withPayload(exchange, body, url);
}

export interface Target {
  /** Another model; the request's own where it is missing. */
  readonly model?: string;
  /** Another server with the same wire format, as its SDK's `baseURL` would name it. */
  readonly baseURL?: string;
  /** Another key. A function is asked at each request, so that a key can change. */
  readonly apiKey?: string | (() => string);
  readonly headers?: Readonly<Record<string, string>>;
}

const KEY_HEADERS = ['authorization', 'x-api-key', 'api-key', 'x-goog-api-key'];

/** The same request to somebody else, who never sees the first one's key. */
export function toTarget(exchange: Exchange, target: Target, providerAt: (url: string) => ProviderName): Exchange {
  const { model, baseURL, apiKey, headers: more = {} } = target;
  const changed = model === undefined ? exchange : withModel(exchange, model);
  const headers = new Headers(changed.headers);
  // Another server gets none of the first one's secrets; with another key at the same one, a gateway's own stay.
  if (baseURL !== undefined) for (const name of [...headers.keys()]) if (isSecretName(name)) headers.delete(name);
  if (apiKey !== undefined) for (const name of KEY_HEADERS) headers.delete(name);
  if (apiKey !== undefined) headers.set(...changed.codec.keyHeader(typeof apiKey === 'string' ? apiKey : apiKey()));
  for (const [name, value] of Object.entries(more)) headers.set(name, value);
  if (baseURL === undefined && apiKey === undefined) return { ...changed, headers };
  const own = withoutSecretParameters(changed.url);
  if (baseURL === undefined) return { ...changed, headers, url: own };
  const query = /\?[^#]*/.exec(own)?.[0] ?? '';
  const url = `${baseURL.replace(/\/+$/, '')}${changed.codec.tail(pathOf(own))}${query}`;
  return { ...changed, headers, url, provider: providerAt(url) };
}

function pathOf(url: string): string {
  return /^[a-z]+:\/\/[^/?#]*([^?#]*)/i.exec(url)?.[1] ?? '';
}

/** Addresses repeat: what was found for one is kept, up to a bound. */
const MOST_ADDRESSES = 1000;

/**
 * @param hosts by host, or beginning of a URL: what the application says of its own addresses
 * @returns who is paid at a URL; any server that speaks a known format is `openai-compatible` where nobody says more
 */
export function createProviderLookup(hosts: Readonly<Record<string, ProviderName>>): (url: string) => ProviderName {
  const known = new Map<string, ProviderName>();
  return (url) => {
    const address = url.replace(/[?#].*$/s, '');
    let provider = known.get(address);
    if (provider === undefined) {
      provider = providerOfUrl(address, hosts) ?? 'openai-compatible';
      if (known.size >= MOST_ADDRESSES) known.clear();
      known.set(address, provider);
    }
    return provider;
  };
}
