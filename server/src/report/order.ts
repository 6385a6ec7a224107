/** The orders in which calls, findings and files are listed. */
import type { Report, ReportCall, ReportDiagnostic } from '@farthing/shared/report';
import { SEVERITIES } from '@farthing/shared/vocabulary';
import { byText } from '../files/paths.ts';
import { byPosition } from './describe.ts';
import { byCost } from './feature-groups.ts';

export const ORDERS = ['path', 'cost', 'severity'] as const;
export type Order = (typeof ORDERS)[number];

/** The most severe first, then those at the most expensive calls: what shows only a few should show these. */
export function worstFirst({ calls, diagnostics }: Report): readonly ReportDiagnostic[] {
  const byId = new Map(calls.map((call) => [call.id, call]));
  return diagnostics.toSorted((a, b) => {
    const [first, second] = [a, b].map(({ call }) => (call === null ? undefined : byId.get(call)));
    const cost = first && second ? byCost(first, second) : Number(first === undefined) - Number(second === undefined);
    return bySeverity(a, b) || cost || byText(a.path, b.path) || byPosition(a, b);
  });
}

function bySeverity(a: ReportDiagnostic, b: ReportDiagnostic): number {
  return SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity);
}

export interface Listed {
  readonly path: string;
  readonly calls: readonly ReportCall[];
  readonly findings: readonly ReportDiagnostic[];
}

/** Compares files: by path, by their most expensive call, or by their most severe finding. */
export function byOrder(order: Order): (a: Listed, b: Listed) => number {
  const first = <T>(values: readonly T[], compare: (a: T, b: T) => number): T | undefined =>
    values.toSorted(compare)[0];
  /** A file without any comes last. */
  const compared = <T>(a: readonly T[], b: readonly T[], compare: (a: T, b: T) => number): number => {
    const [one, other] = [first(a, compare), first(b, compare)];
    return one !== undefined && other !== undefined ? compare(one, other) : b.length - a.length;
  };
  return (a, b) => {
    if (order === 'cost') return compared(a.calls, b.calls, byCost) || byText(a.path, b.path);
    return (order === 'severity' ? compared(a.findings, b.findings, bySeverity) : 0) || byText(a.path, b.path);
  };
}
