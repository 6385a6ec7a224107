/**
 * Calls that are not understood: files, audio, images, whatever an API adds next. They go on byte for byte, and are written
 * down with what can be told of them from outside: nothing of what they used, and so nothing of what they cost.
 */
import type { CallResult } from '../core/call-result.ts';
import { NO_CONTEXT } from '../core/context.ts';
import { contextOf } from '../core/context-headers.ts';
import type { ProviderLookup } from '../core/provider-lookup.ts';
import type { Scope } from './context.ts';
import type { Fetch, FetchInput } from './fetch-exchange.ts';

export interface PassThroughOptions {
  readonly inner: Fetch;
  readonly scope: Scope | null;
  readonly providerAt: ProviderLookup;
  /** Called when the answer's headers are there, or the request has failed; null where nobody keeps account. */
  readonly onResult: ((result: CallResult) => void) | null;
}

export async function passThrough(input: FetchInput, init: RequestInit | undefined, options: PassThroughOptions) {
  const { inner, scope, providerAt, onResult } = options;
  const given = new Headers(init?.headers);
  const { context, headers } = contextOf(given, scope?.context ?? NO_CONTEXT);
  // What was said to the runtime does not leave the process.
  const sent = headers === given ? init : { ...init, headers };
  if (onResult === null || !mayCost(input, init)) return inner(input, sent);
  const { feature, user, tenant, callSite } = context;
  const started = performance.now();
  const note = (status: number): void => {
    const latency = performance.now() - started;
    const result: CallResult = {
      id: crypto.randomUUID(),
      feature,
      user,
      tenant,
      callSite,
      provider: providerAt(input instanceof Request ? input.url : String(input)),
      endpoint: 'other',
      model: null,
      servedModel: null,
      status,
      origin: status === 0 ? 'error' : 'provider',
      usage: null,
      cost: null,
      saved: null,
      savedBy: {},
      latency,
      firstByte: status === 0 ? null : latency,
      attempts: 1,
      decisions: [],
      end: status === 0 ? 'failed' : 'complete',
    };
    onResult(result);
  };
  try {
    const response = await inner(input, sent);
    note(response.status);
    return response;
  } catch (error) {
    note(0);
    throw error;
  }
}

/** Lists and look-ups are free; what makes something is posted. */
function mayCost(input: FetchInput, init: RequestInit | undefined): boolean {
  const method = init?.method ?? (input instanceof Request ? input.method : 'GET');
  return method.toUpperCase() === 'POST';
}
