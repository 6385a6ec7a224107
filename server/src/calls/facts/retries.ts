/** The layers that repeat a failed request: code around the call, steps on the way to it, and the SDK itself. */

import type { Evaluator } from '../../evaluate/evaluator.ts';
import type { CallRecord } from '../../evaluate/scopes/scope.ts';
import type { Origin } from '../../ir/origin.ts';
import { preferredField } from '../../sdks/roles.ts';
import type { SdkCall } from '../../sdks/trail-result.ts';
import { isRequest } from '../call.ts';
import { factorsAround } from '../multiplier/loop-factors.ts';
import { mayHave, roleOf } from '../request.ts';
import { type ParameterPlace, placeAt, placeOfRole, siteFor } from './edit-targets.ts';
import { codeFact } from './fact.ts';

/** What the SDK does by itself. */
export interface SdkRetries {
  /** How often it repeats a failed request. */
  readonly count: number;
  /** The value of the parameter with which it repeats none: 1 where that counts the first request as well. */
  readonly none: number;
  /** The parameter that says so, or would. */
  readonly place: ParameterPlace | null;
}

/** Null if it is not known. */
export const sdkRetries = codeFact('sdkRetries', ({ sdkCall, record, referenced }): SdkRetries | null => {
  const { language } = record.scope.module.loaded.node;
  const role = roleOf(sdkCall, 'retries');
  if (role !== null && role.from !== 'step') {
    if (role.value.kind !== 'number' || !role.isCertain || role.isReplaceable) return null;
    const none = noRetries(sdkCall, role.field);
    const count = Math.max(0, role.value.value - none);
    return { count, none, place: placeOfRole(sdkCall, 'retries', referenced) };
  }
  const count = sdkCall.sdk.retriesByDefault?.[language];
  if (count === undefined || mayHave(sdkCall, 'retries')) return null;
  const site = siteFor(sdkCall, 'retries');
  const field = site === null ? null : preferredField(site, 'retries', language);
  // A missing object around the parameter may have to be one of a class (boto3's `Config`).
  const isWritable = field !== null && !field.includes('.');
  return {
    count,
    none: noRetries(sdkCall, field),
    place: site !== null && isWritable ? placeAt(sdkCall, site, field, referenced) : null,
  };
});

function noRetries({ sdk }: SdkCall, field: string | null): number {
  return field !== null && sdk.countsFirstRequest?.includes(field) === true ? 1 : 0;
}

/** The attempts that one layer of the code makes: their number, `endless` if nothing limits them, null if it is not known. */
export type Attempts = number | 'endless' | null;

/** The attempts that the code around the call makes, one entry for each layer from inside outwards. */
export const attemptsInCode = codeFact('attemptsInCode', (source): readonly Attempts[] => {
  const { call, sdkCall, record, evaluator } = source;
  const role = roleOf(sdkCall, 'retries');
  const byStep = role?.from === 'step' && role.value.kind === 'number' ? [role.value.value] : [];
  // What repeats a call is part of its multiplier, and most calls have none.
  return call.multiplier === null ? byStep : [...byStep, ...attemptsAt(record, evaluator)];
});

export interface RetriedCall {
  /** The call that is made again. */
  readonly origin: Origin;
  /** The qualified function that contains it; null at module level. */
  readonly function: string | null;
  readonly attempts: readonly Attempts[];
}

/**
 * The calls further out that are made again with the request in them: of a feature call, those between it and the request;
 * of a request, that of its function in a loop of the same file. From inside outwards.
 */
export const retriedAround = codeFact(
  'retriedAround',
  ({ call, between, inLoop, evaluator }): readonly RetriedCall[] => {
    if (call.multiplier === null) return [];
    const records = isRequest(call) ? (inLoop === null ? [] : [inLoop]) : between;
    return records.flatMap((record) => {
      const attempts = attemptsAt(record, evaluator);
      const { path } = record.scope.module.loaded;
      const { start, end } = record.node;
      return attempts.length === 0
        ? []
        : [{ origin: { path, start, end }, function: record.scope.qualifiedName, attempts }];
    });
  },
);

function attemptsAt(record: CallRecord, evaluator: Evaluator): readonly Attempts[] {
  return factorsAround(record, evaluator)
    .filter(({ isRetry }) => isRetry === true)
    .map(({ count, isEndless }): Attempts => {
      if (isEndless === true) return 'endless';
      return count.basis === 'unknown' ? null : count.high;
    });
}
