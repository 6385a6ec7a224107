/** Findings as tables for language models. */
import type { ReportDiagnostic } from '@farthing/shared/report';
import type { Saving } from '../savings.ts';
import { byPath, lineOf } from './calls.ts';
import { PER_THOUSAND, perThousand, spread } from './figures.ts';
import { type Column, grouped, table } from './table.ts';

const FINDING: readonly Column<ReportDiagnostic>[] = [
  { head: 'line', cell: lineOf },
  { head: 'severity', cell: ({ severity }) => severity },
  { head: 'rule', cell: ruleOf },
  { head: `saves ${PER_THOUSAND}`, cell: ({ saving }) => saving && spread(perThousand(saving)) },
  { head: 'fix', cell: ({ fix }) => (fix === 'none' ? null : fix) },
  { head: 'message', cell: ({ message }) => message },
];

export function findingTable(findings: readonly ReportDiagnostic[]): readonly string[] {
  return grouped(FINDING, byPath(findings));
}

const SAVING: readonly Column<Saving>[] = [
  { head: 'saves $/month', cell: ({ perMonth }) => perMonth && spread(perMonth) },
  { head: `saves ${PER_THOUSAND}`, cell: ({ perCall }) => spread(perThousand(perCall)) },
  { head: 'basis', cell: ({ perMonth, perCall }) => (perMonth ?? perCall).basis },
  { head: 'rule', cell: ({ finding }) => ruleOf(finding) },
  { head: 'where', cell: ({ finding }) => `${finding.path}:${lineOf(finding)}` },
  { head: 'fix', cell: ({ finding: { fix } }) => (fix === 'none' ? null : fix) },
  { head: 'message', cell: ({ finding }) => finding.message },
];

export function savingTable(savings: readonly Saving[]): readonly string[] {
  return table(SAVING, savings);
}

function ruleOf({ rule, confidence }: ReportDiagnostic): string {
  return confidence === 'certain' ? rule : `${rule} (likely)`;
}
