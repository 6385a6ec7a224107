/** How long a request may take where the code does not say: the SDK's own timeout, or none. */
import type { Origin } from '../../ir/origin.ts';
import { mayHave, roleOf } from '../request.ts';
import { type ParameterPlace, placeAt, siteFor } from './edit-targets.ts';
import { codeFact } from './fact.ts';

export interface MissingTimeout {
  /** After so many seconds the SDK gives up by itself; null if it never does. */
  readonly seconds: number | null;
  /** Where the timeout would be set: the client's construction, or the call of an SDK without clients. */
  readonly at: Origin;
  /** Null where another value than a number of seconds or milliseconds is needed. */
  readonly place: ParameterPlace | null;
  /** What `place` counts in. */
  readonly unit: 'seconds' | 'milliseconds';
}

/**
 * Anything in the module that ends a request early, or is named for it, such as what a platform is told of a handler; not
 * the rule's own name in a comment.
 */
const LIMITS_TIME =
  /(?<!missing-)time_?out|time_?limit|AbortSignal|abort_?signal|AbortController|deadline|wait_for|move_on_after|fail_after|export const (?:maxDuration|runtime)\b/i;

/** Null where a timeout is set, may be set, or is not known. */
export const missingTimeout = codeFact('missingTimeout', ({ sdkCall, record, referenced }): MissingTimeout | null => {
  const { node, text, path } = record.scope.module.loaded;
  const byDefault = sdkCall.sdk.timeoutByDefault;
  if (byDefault === undefined || sdkCall.receiver !== 'resolved') return null;
  if (roleOf(sdkCall, 'timeout') !== null || mayHave(sdkCall, 'timeout') || LIMITS_TIME.test(text)) return null;
  const site = siteFor(sdkCall, 'timeout');
  if (site === null) return null;
  const field = site.roles.timeout?.[0] ?? null;
  const isAtCall = site.origin.start === record.node.start && site.origin.path === path;
  // A client that was built elsewhere may have a timeout.
  if (isAtCall !== (byDefault.at === 'call')) return null;
  const isPlain = field === 'timeout' && byDefault.seconds !== null;
  return {
    seconds: byDefault.seconds,
    at: site.origin,
    place: isPlain ? placeAt(sdkCall, site, field, referenced) : null,
    unit: node.language === 'python' ? 'seconds' : 'milliseconds',
  };
});
