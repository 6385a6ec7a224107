/**
 * Calls that are not understood: files, audio, images, anything an API adds later. They are sent byte for byte, and
 * recorded with what is visible from outside. The usage in the answer is read as it passes. Under a hard budget, calls
 * that may cost something are refused.
 */
import type { CallResult } from '../core/call-result.ts';
import { NO_CONTEXT } from '../core/context.ts';
import { contextOf } from '../core/context-headers.ts';
import { pathOf } from '../core/exchange.ts';
import { refusalReply, responseOf } from '../core/reply.ts';
import type { Countable } from '../core/scope-key.ts';
import type { AccountFor } from '../layers/account/account.ts';
import { NO_ANSWER, type WireError } from '../wire/codec.ts';
import { errorCodecOf } from '../wire/index.ts';
import type { Settlement } from '../wire/settlement.ts';
import type { Caller, FetchInput } from './fetch-exchange.ts';
import { passedCallOf } from './passed-call.ts';
import { readWhilePassing } from './read-while-passing.ts';
import { isRequest } from './request-forms.ts';

export interface PassThroughOptions extends Caller {
  readonly accountFor: AccountFor;
  /** The refusal of a call; null if it may be sent. */
  readonly refusalOf: (call: Countable) => WireError | null | Promise<WireError | null>;
  /** False if calls are no longer recorded. */
  readonly isRecorded: boolean;
}

const REFUSED: Settlement = { end: 'complete', usage: null, answer: NO_ANSWER };

export async function passThrough(input: FetchInput, init: RequestInit | undefined, options: PassThroughOptions) {
  const { inner, scope, providerAt, trust, accountFor, onResult, refusalOf, isRecorded } = options;
  const given = new Headers(init?.headers ?? (isRequest(input) ? input.headers : undefined));
  const { context, headers } = contextOf(given, scope?.context ?? NO_CONTEXT, trust);
  // What was said to the runtime does not leave the process.
  const sent = headers === given ? init : { ...init, headers };
  if (!mayCost(input, init)) return inner(input, sent);
  const call = passedCallOf(input, init, headers, providerAt);
  const { feature, user, tenant, team, tags, session, callSite } = context;
  const started = performance.now();
  let firstByte: number | null = null;
  const note = (status: number, stated: Settlement, origin: CallResult['origin']): void => {
    const { settlement, cost } = accountFor(call, status, stated);
    onResult?.({
      id: crypto.randomUUID(),
      feature,
      user,
      tenant,
      team,
      tags,
      session,
      callSite,
      provider: call.provider,
      endpoint: 'other',
      model: call.facts.model,
      servedModel: settlement.answer.servedModel,
      status,
      origin,
      usage: settlement.usage,
      cost: status === 0 ? null : cost,
      saved: null,
      savedBy: {},
      latency: performance.now() - started,
      firstByte,
      attempts: origin === 'refusal' ? 0 : 1,
      decisions: origin === 'refusal' ? [{ layer: 'budget', outcome: 'refused', isShadow: false, reason: null }] : [],
      end: settlement.end,
    });
  };
  const isFree = context.bypass || call.codec.isFree === true || FREE_PATHS.test(pathOf(call.url));
  const refusal = isFree ? null : await refusalOf({ context, headers, url: call.url, facts: call.facts });
  if (refusal !== null) {
    if (isRecorded) note(refusal.status, REFUSED, 'refusal');
    return responseOf(refusalReply(refusal, errorCodecOf(call.provider)));
  }
  if (!isRecorded) return inner(input, sent);
  let response: Response;
  try {
    response = await inner(input, sent);
  } catch (error) {
    const signal = init?.signal ?? (isRequest(input) ? input.signal : null);
    note(0, { end: signal?.aborted ? 'cancelled' : 'failed', usage: null, answer: NO_ANSWER }, 'error');
    throw error;
  }
  firstByte = performance.now() - started;
  return readWhilePassing(response, call, (stated) => note(response.status, stated, 'provider'));
}

/** Lists, look-ups and deletions are free. */
const FREE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS', 'DELETE']);
/** What is uploaded costs nothing until a call uses it. */
const FREE_PATHS = /\/(files|uploads|uploads\/[^/]+\/(parts|complete)|cancel)$|:cancel$/;

function mayCost(input: FetchInput, init: RequestInit | undefined): boolean {
  const method = init?.method ?? (isRequest(input) ? input.method : 'GET');
  return !FREE_METHODS.has(method.toUpperCase());
}
