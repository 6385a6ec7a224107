/** Feature calls by the function through which they go: what a team calls "its LLM function", and who uses it. */
import { NANO_DOLLARS } from '@farthing/shared/money';
import { eitherRange, type Range, scaleRange } from '@farthing/shared/range';
import type { ReportCall, ReportHop } from '@farthing/shared/report';
import { byText } from '../files/paths.ts';
import { certainInput } from './describe.ts';
import { wrapperName } from './describe-feature.ts';

export interface FeatureGroup {
  readonly name: string;
  /** The call in the function that leads to the request, or is it. */
  readonly at: ReportHop;
  /** The most expensive first. */
  readonly calls: readonly ReportCall[];
  /** Over the costs that are known, in dollars; null if none is. */
  readonly perCall: Range | null;
}

/** Those with the most expensive call first, then those with the most calls. */
export function featureGroups(calls: readonly ReportCall[]): readonly FeatureGroup[] {
  const groups = Map.groupBy(
    calls.filter(({ via }) => via.length > 0),
    (call) => `${call.via[0]?.path}\n${wrapperName(call)}`,
  );
  return [...groups.values()]
    .flatMap((group): FeatureGroup[] => {
      const [first] = group;
      const at = first?.via[0];
      const name = first && wrapperName(first);
      if (at === undefined || name == null) return [];
      return [{ name, at, calls: group.toSorted(byCost), perCall: rangeOf(group) }];
    })
    .sort(
      (a, b) => costOf(b.calls[0]) - costOf(a.calls[0]) || b.calls.length - a.calls.length || byText(a.name, b.name),
    );
}

/** The most expensive first: by month if that is known, else by call; calls without a cost come last, by the size of what is certain. */
export function byCost(a: ReportCall, b: ReportCall): number {
  return (
    (b.cost.perMonth?.expected ?? -1) - (a.cost.perMonth?.expected ?? -1) ||
    costOf(b) - costOf(a) ||
    certainInput(b) - certainInput(a) ||
    byText(a.path, b.path) ||
    a.line - b.line
  );
}

/** The expected cost of one call, in dollars; -1 if only a part of it is known, or nothing. */
function costOf(call: ReportCall | undefined): number {
  return call === undefined ? -1 : (knownCost(call)[0]?.expected ?? -1);
}

/** Over the costs of the calls, as far as they are known. */
function rangeOf(calls: readonly ReportCall[]): Range | null {
  const range = eitherRange(calls.flatMap(knownCost).map((cost) => scaleRange(cost, NANO_DOLLARS)));
  return range && scaleRange(range, 1 / NANO_DOLLARS);
}

function knownCost({ cost: { perCall } }: ReportCall): readonly Range[] {
  return perCall === null || perCall.basis === 'unknown' ? [] : [perCall];
}
