/** From what a client hands to `fetch` to an exchange. */
import { NO_CONTEXT } from '../core/context.ts';
import { contextOf, type Trust } from '../core/context-headers.ts';
import { createExchange } from '../core/exchange.ts';
import type { Exchange, Transport } from '../core/pipeline.ts';
import type { ProviderLookup } from '../core/provider-lookup.ts';
import { payloadOfText } from '../support/json-body.ts';
import type { Scope } from './context.ts';

export type Fetch = typeof globalThis.fetch;
export type FetchInput = Parameters<Fetch>[0];

/** Where a request comes from. */
export interface Caller {
  readonly scope: Scope | null;
  readonly providerAt: ProviderLookup;
  /** The fetch that the client had before it was wrapped. */
  readonly inner: Fetch;
  /** Whose `x-farthing-*` headers are obeyed. */
  readonly trust: Trust;
  readonly onResult: Exchange['onResult'];
}

/**
 * Null if the request is not understood: another address, or a body that is not JSON. Such a request is passed on
 * unchanged.
 */
export function exchangeOf(
  input: FetchInput,
  init: RequestInit | undefined,
  { scope, providerAt, inner, trust, onResult }: Caller,
): Exchange | null {
  if (typeof input !== 'string' && !(input instanceof URL)) return null;
  if (typeof init?.body !== 'string') return null;
  const url = String(input);
  const payload = payloadOfText(init.body);
  if (payload === null) return null;
  // Copies, as `fetch` makes them: the caller may reuse what it passed while this request waits, or is sent again.
  const given = new Headers(init.headers);
  const more = { ...init };
  const { context, headers } = contextOf(given, scope?.context ?? NO_CONTEXT, trust);
  // What else the client says to fetch is kept: a dispatcher, a redirect mode.
  const transport: Transport = ({ url, headers, body, signal }) => inner(url, { ...more, headers, body, signal });
  return createExchange({
    url,
    provider: providerAt(url),
    headers,
    payload,
    context,
    signal: init.signal ?? null,
    transport,
    onResult,
  });
}
