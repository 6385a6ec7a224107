/** What findings would save, the largest first. */
import { type Range, scaleRange, weakestBasis } from '@farthing/shared/range';
import type { Report, ReportCall, ReportDiagnostic } from '@farthing/shared/report';
import { byPosition } from '../report/describe.ts';
import { volumeOf } from '../report/months.ts';

export interface Saving {
  readonly finding: ReportDiagnostic;
  readonly call: ReportCall;
  /** Dollars. */
  readonly perCall: Range;
  /** Dollars; null if the call's volume is not known. */
  readonly perMonth: Range | null;
}

/** By month where the volume is known; then by call. Findings without a known saving are left out. */
export function savingsIn({ calls, diagnostics }: Pick<Report, 'calls' | 'diagnostics'>): readonly Saving[] {
  const byId = new Map(calls.map((call) => [call.id, call]));
  return diagnostics
    .flatMap((finding): Saving[] => {
      const call = finding.call === null ? undefined : byId.get(finding.call);
      if (call === undefined || finding.saving === null) return [];
      return [{ finding, call, perCall: finding.saving, perMonth: monthOf(finding.saving, call) }];
    })
    .sort(
      (a, b) =>
        (b.perMonth?.expected ?? -1) - (a.perMonth?.expected ?? -1) ||
        b.perCall.expected - a.perCall.expected ||
        byPosition(a.finding, b.finding),
    );
}

/**
 * The largest saving at each call, by the call's id. Those of one call are not added up: a cheaper model and a cache
 * save the same tokens.
 */
export function largestSavings(savings: readonly Saving[]): ReadonlyMap<string, Saving> {
  const largest = new Map<string, Saving>();
  for (const saving of savings) if (!largest.has(saving.call.id)) largest.set(saving.call.id, saving);
  return largest;
}

function monthOf(saving: Range, call: ReportCall): Range | null {
  const { perMonth } = call.cost;
  if (perMonth === null) return null;
  return { ...scaleRange(saving, volumeOf(call)), basis: weakestBasis(saving.basis, perMonth.basis) };
}
