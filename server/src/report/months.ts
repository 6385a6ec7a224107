/** What each call adds to the cost per month. */
import { exactly, type Range, scaleRange } from '@farthing/shared/range';
import type { ReportCall } from '@farthing/shared/report';

type Call = Pick<ReportCall, 'id' | 'path' | 'line' | 'via' | 'leadsTo' | 'cost'>;

/**
 * By id, in dollars: what the calls add to a sum of months, so that no request is in it twice. What a feature call costs is
 * the cost of the request behind it: of that, only the calls that come from elsewhere are left, and so it is of a feature
 * call that another one leads through. A call whose volume is not known is missing, but for a request whose every call is
 * a feature call's.
 */
export function monthlyShares(calls: readonly Call[]): ReadonlyMap<string, Range> {
  const volumes = new Map(calls.map((call) => [call.id, volumeOf(call)]));
  const features = new Map<string, string[]>();
  const between = Map.groupBy(
    calls.filter(({ via }) => via.length > 0),
    ({ path, line }) => `${path}:${line}`,
  );
  for (const { id, leadsTo, via } of calls) {
    const through = via.flatMap(({ path, line }) => between.get(`${path}:${line}`) ?? []);
    const under = new Set([...leadsTo.flatMap(({ call }) => call ?? []), ...through.map((one) => one.id)]);
    for (const call of under) features.set(call, [...(features.get(call) ?? []), id]);
  }
  return new Map(
    calls.flatMap(({ id, cost: { perMonth } }): [string, Range][] => {
      const callers = features.get(id);
      if (callers === undefined) return perMonth === null ? [] : [[id, perMonth]];
      if (perMonth === null) return [[id, exactly(0, 'literal')]];
      const volume = volumes.get(id) ?? 0;
      const throughCallers = callers.reduce((sum, caller) => sum + (volumes.get(caller) ?? 0), 0);
      return [[id, scaleRange(perMonth, volume > 0 ? Math.max(0, 1 - throughCallers / volume) : 1)]];
    }),
  );
}

/** Calls per month; 0 if unknown, or if they cost nothing. */
export function volumeOf({ cost: { perCall, perMonth } }: Pick<Call, 'cost'>): number {
  if (perCall === null || perMonth === null || perCall.expected === 0) return 0;
  return perMonth.expected / perCall.expected;
}
