/**
 * Calls that are not understood: files, audio, images, whatever an API adds next. They go on byte for byte, and are written
 * down with what can be told of them from outside. What the answer says of its use is read while it passes.
 */
import type { CallResult } from '../core/call-result.ts';
import { NO_CONTEXT } from '../core/context.ts';
import { contextOf } from '../core/context-headers.ts';
import type { ProviderLookup } from '../core/provider-lookup.ts';
import type { AccountFor } from '../layers/account/account.ts';
import { NO_ANSWER } from '../wire/codec.ts';
import type { Settlement } from '../wire/settlement.ts';
import type { Scope } from './context.ts';
import type { Fetch, FetchInput } from './fetch-exchange.ts';
import { passedCallOf } from './passed-call.ts';
import { readWhilePassing } from './read-while-passing.ts';

export interface PassThroughOptions {
  readonly inner: Fetch;
  readonly scope: Scope | null;
  readonly providerAt: ProviderLookup;
  readonly accountFor: AccountFor;
  /** Called when the answer has ended, or the request has failed; null where nobody keeps account. */
  readonly onResult: ((result: CallResult) => void) | null;
}

const FAILED: Settlement = { end: 'failed', usage: null, answer: NO_ANSWER };

export async function passThrough(input: FetchInput, init: RequestInit | undefined, options: PassThroughOptions) {
  const { inner, scope, providerAt, accountFor, onResult } = options;
  const given = new Headers(init?.headers);
  const { context, headers } = contextOf(given, scope?.context ?? NO_CONTEXT);
  // What was said to the runtime does not leave the process.
  const sent = headers === given ? init : { ...init, headers };
  if (onResult === null || !mayCost(input, init)) return inner(input, sent);
  const call = passedCallOf(input, init, headers, providerAt);
  const { feature, user, tenant, callSite } = context;
  const started = performance.now();
  let firstByte: number | null = null;
  const note = (status: number, said: Settlement): void => {
    const { settlement, cost } = accountFor(call, status, said);
    onResult({
      id: crypto.randomUUID(),
      feature,
      user,
      tenant,
      callSite,
      provider: call.provider,
      endpoint: 'other',
      model: call.facts.model,
      servedModel: settlement.answer.servedModel,
      status,
      origin: status === 0 ? 'error' : 'provider',
      usage: settlement.usage,
      cost: status === 0 ? null : cost,
      saved: null,
      savedBy: {},
      latency: performance.now() - started,
      firstByte,
      attempts: 1,
      decisions: [],
      end: settlement.end,
    });
  };
  let response: Response;
  try {
    response = await inner(input, sent);
  } catch (error) {
    note(0, FAILED);
    throw error;
  }
  firstByte = performance.now() - started;
  return readWhilePassing(response, call, (said) => note(response.status, said));
}

/** Lists and look-ups are free; what makes something is posted. */
function mayCost(input: FetchInput, init: RequestInit | undefined): boolean {
  const method = init?.method ?? (input instanceof Request ? input.method : 'GET');
  return method.toUpperCase() === 'POST';
}
