/** Which failures may pass by themselves, and how long to wait for that. */
import type { Reply } from '../../core/pipeline.ts';
import { providerError } from '../support/provider-error.ts';
import { isOutOfQuota } from './causes.ts';

/** Milliseconds: a provider that asks for more time than this is not waited for. */
const LONGEST_WAIT = 20_000;

/** Maximum milliseconds before the first retry; each further wait may be twice as long, up to the last of them. */
const FIRST_WAIT = 250;
const MAX_WAIT = 8_000;

/** Timeouts, conflicts, rate limits and errors of the server: anything else would fail again in the same way. */
function isFailure(status: number): boolean {
  return status === 408 || status === 409 || status === 429 || status >= 500;
}

/** A refusal of ours is an answer: sending it again, or elsewhere, would only be refused again. */
export function hasFailed({ origin, status, isBroken = false }: Reply): boolean {
  return origin !== 'refusal' && (isBroken || isFailure(status));
}

/**
 * Milliseconds before the next try; null where trying again makes no sense.
 *
 * @param round 0 before the first retry
 */
export function delayBefore(round: number, reply: Reply | null): number | null {
  if (reply?.headers.get('x-should-retry') === 'false') return null;
  if (reply !== null && isOutOfQuota(reply)) return null;
  const asked = reply === null ? null : (retryAfter(reply.headers) ?? providerError(reply)?.retryDelay ?? null);
  if (asked !== null) return asked <= LONGEST_WAIT ? asked : null;
  const limit = Math.min(MAX_WAIT, FIRST_WAIT * 2 ** round);
  // Between half of it and all: clients that failed together do not come back together.
  return limit * (0.5 + Math.random() / 2);
}

/** `retry-after-ms`, or `retry-after` in seconds or as a date, in milliseconds; null where neither is there or can be read. */
export function retryAfter(headers: Headers, now: number = Date.now()): number | null {
  const exact = Number(headers.get('retry-after-ms') ?? Number.NaN);
  if (exact >= 0) return exact;
  const value = headers.get('retry-after');
  if (value === null) return null;
  const seconds = Number(value);
  if (seconds >= 0) return seconds * 1000;
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : Math.max(at - now, 0);
}
