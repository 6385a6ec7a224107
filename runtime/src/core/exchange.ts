/** Creates exchanges from a caller's request, or from another exchange. */
import { randomUUID } from 'node:crypto';
import { withoutQuery } from '@farthing/shared/hosts';
import type { ProviderName } from '@farthing/shared/vocabulary';
import { changedPayload, type JsonObject, type Payload } from '../support/json-body.ts';
import { codecOf } from '../wire/index.ts';
import { createCallLog } from './call-log.ts';
import type { CallContext } from './context.ts';
import type { Exchange, Passage, Transport } from './pipeline.ts';
import { isSecretName, withoutSecretParameters } from './secrets.ts';

/** A request as a caller provides it. */
export interface Incoming {
  readonly url: string;
  readonly provider: ProviderName;
  readonly headers: Headers;
  readonly payload: Payload;
  readonly context: CallContext;
  readonly signal: AbortSignal | null;
  readonly transport: Transport;
  readonly onResult: Exchange['onResult'];
  /** The id of a call that was made before, in this process or another. Default: a new one. */
  readonly id?: string;
  /** Default: none, the request is sent by itself. */
  readonly batch?: Exchange['batch'];
}

/** Null for an address with an unknown format. */
export function createExchange(incoming: Incoming): Exchange | null {
  const path = pathOf(incoming.url);
  const codec = codecOf(path);
  if (codec === null) return null;
  const id = incoming.id ?? randomUUID();
  // Written out, because this runs for every call: spreading takes several times as long.
  return {
    id,
    codec,
    provider: incoming.provider,
    url: incoming.url,
    headers: incoming.headers,
    payload: incoming.payload,
    facts: codec.read(incoming.payload, path),
    context: incoming.context,
    signal: incoming.signal,
    isRefresh: false,
    batch: incoming.batch ?? null,
    arm: null,
    log: createCallLog(id),
    attempt: null,
    passage: freshPassage(),
    transport: incoming.transport,
    onResult: incoming.onResult,
  };
}

/** The same request as a separate call in the background. */
export function refreshOf(exchange: Exchange): Exchange {
  const id = randomUUID();
  const own = { id, log: createCallLog(id), attempt: null, passage: freshPassage() };
  return { ...exchange, ...own, onResult: null, signal: null, isRefresh: true };
}

function freshPassage(): Passage {
  return { replies: [], outer: null };
}

/** The same request with another body, and with another address for formats that have the model in it. */
export function withPayload(exchange: Exchange, payload: Payload, url: string = exchange.url): Exchange {
  const headers = withoutLength(exchange.headers);
  return { ...exchange, url, headers, payload, facts: exchange.codec.read(payload, pathOf(url)) };
}

/** For a new body, whose length differs from the one in the headers. */
export function withoutLength(headers: Headers): Headers {
  if (!headers.has('content-length')) return headers;
  const kept = new Headers(headers);
  kept.delete('content-length');
  return kept;
}

/**
 * The same request with a body that `change` returns. Unchanged if there is nothing to change, or if its body is not
 * understood.
 */
export function withBody(exchange: Exchange, change: (body: JsonObject) => JsonObject | null): Exchange {
  const changed = changedPayload(exchange.payload, change);
  return changed === null ? exchange : withPayload(exchange, changed);
}

export function withModel(exchange: Exchange, model: string): Exchange {
  if (exchange.facts.model === model) return exchange;
  const { url, body } = exchange.codec.withModel(exchange.url, exchange.payload, model);
  return withPayload(exchange, body, url);
}

export interface Target {
  /** Another model. Default: the request's. */
  readonly model?: string;
  /** Another server, as its SDK's `baseURL` would name it. Default: the request's. */
  readonly baseURL?: string;
  /** Another key. A function is called for each request, so that a key can change. Default: the request's. */
  readonly apiKey?: string | (() => string);
  /** Headers to add or replace. Default: none. */
  readonly headers?: Readonly<Record<string, string>>;
}

const KEY_HEADERS = ['authorization', 'x-api-key', 'api-key', 'x-goog-api-key'];

/** The same request to another target, which never receives the first one's key. */
export function toTarget(exchange: Exchange, target: Target, providerAt: (url: string) => ProviderName): Exchange {
  const { model, baseURL, apiKey, headers: more = {} } = target;
  const changed = model === undefined ? exchange : withModel(exchange, model);
  const headers = new Headers(changed.headers);
  // Another server receives none of the first one's secrets. With another key at the same server, a gateway's own
  // headers stay.
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

/** Normalised like servers do it: without a trailing slash, and with one slash instead of several. */
export function pathOf(url: string): string {
  const address = withoutQuery(url);
  // The host stands between the second slash and the third.
  const scheme = address.indexOf('://');
  const from = scheme < 0 ? -1 : address.indexOf('/', scheme + 3);
  const path = from < 0 ? '' : address.slice(from);
  return path.includes('//') || path.endsWith('/') ? path.replace(/\/{2,}/g, '/').replace(/\/$/, '') : path;
}
