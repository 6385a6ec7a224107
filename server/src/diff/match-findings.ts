/** Findings that a change brings, and those that it takes away: by rule and call, not by line. */
import type { ReportDiagnostic } from '@farthing/shared/report';
import type { Matches } from './match-calls.ts';
import type { Side } from './side.ts';

export interface ChangedFindings {
  readonly new: readonly ReportDiagnostic[];
  readonly gone: readonly ReportDiagnostic[];
}

export function changedFindings(
  base: Side,
  head: Side,
  { pairs }: Matches,
  renamed: ReadonlyMap<string, string>,
): ChangedFindings {
  const nowOf = new Map(pairs.map((pair) => [pair.base.id, pair.head.id]));
  const pathNow = (path: string): string => renamed.get(path) ?? path;
  const placeBefore = ({ call, path }: ReportDiagnostic) =>
    call === null ? pathNow(path) : (nowOf.get(call) ?? 'gone');
  const placeNow = ({ call, path }: ReportDiagnostic) => call ?? path;
  const come = beyond(head.report.diagnostics, placeNow, base.report.diagnostics, placeBefore);
  const gone = beyond(base.report.diagnostics, placeBefore, head.report.diagnostics, placeNow);
  // What many calls share (a model, a prompt) is reported at one of them, which may be another one now.
  const saysBefore = ({ message, path }: ReportDiagnostic) => `${pathNow(path)} ${message}`;
  const saysNow = ({ message, path }: ReportDiagnostic) => `${path} ${message}`;
  return { new: beyond(come, saysNow, gone, saysBefore), gone: beyond(gone, saysBefore, come, saysNow) };
}

/** What two findings of one rule have in common, if they are the same. */
type Sameness = (finding: ReportDiagnostic) => string;

/** The findings of a list that the other has no counterpart of; of several alike, the last ones. */
function beyond(
  list: readonly ReportDiagnostic[],
  sameness: Sameness,
  others: readonly ReportDiagnostic[],
  samenessOfOther: Sameness,
): readonly ReportDiagnostic[] {
  const keyBy = (says: Sameness) => (finding: ReportDiagnostic) => JSON.stringify([finding.rule, says(finding)]);
  const keyOf = keyBy(sameness);
  const left = new Map([...Map.groupBy(others, keyBy(samenessOfOther))].map(([key, all]) => [key, all.length]));
  return list.filter((finding) => {
    const key = keyOf(finding);
    const count = left.get(key) ?? 0;
    left.set(key, count - 1);
    return count <= 0;
  });
}
