/**
 * A baseline: findings that were there when a team began to use Farthing, so that only new ones are reported. They are
 * counted by file, rule and function, not by line, so that edits elsewhere in the file change nothing.
 */
import type { Report, ReportDiagnostic } from '@farthing/shared/report';
import { byPosition } from './describe.ts';

/** How many findings, by the JSON of path, rule and function. Paths are relative to the baseline's folder. */
export type Baseline = ReadonlyMap<string, number>;

export type PathOf = (finding: ReportDiagnostic) => string;

export function baselineOf(report: Report, pathOf: PathOf): Baseline {
  const keyOf = keysOf(report, pathOf);
  const groups = Map.groupBy(report.diagnostics, keyOf);
  return new Map([...groups].map(([key, findings]) => [key, findings.length]));
}

export interface Compared {
  /** The findings that the baseline does not have. Of several in one function, the last ones are new. */
  readonly report: Report;
  /** The number of those that it has. */
  readonly known: number;
  /** The number of its entries that are gone. */
  readonly gone: number;
}

export function withoutBaseline(report: Report, baseline: Baseline, pathOf: PathOf): Compared {
  const keyOf = keysOf(report, pathOf);
  const left = new Map(baseline);
  const known = new Set<ReportDiagnostic>();
  for (const finding of report.diagnostics.toSorted(byPosition)) {
    const key = keyOf(finding);
    const count = left.get(key) ?? 0;
    if (count === 0) continue;
    left.set(key, count - 1);
    known.add(finding);
  }
  return {
    report: { ...report, diagnostics: report.diagnostics.filter((finding) => !known.has(finding)) },
    known: known.size,
    gone: [...left.values()].reduce((sum, count) => sum + count, 0),
  };
}

function keysOf({ calls }: Report, pathOf: PathOf): (finding: ReportDiagnostic) => string {
  const functions = new Map(calls.map(({ id, function: name }) => [id, name ?? '']));
  return (finding) => {
    const name = finding.call === null ? '' : (functions.get(finding.call) ?? '');
    return JSON.stringify([pathOf(finding), finding.rule, name]);
  };
}

type Written = Record<string, Record<string, Record<string, number>>>;

/** Sorted, one finding a line: two branches that add findings to different files can be merged. */
export function formatBaseline(baseline: Baseline): string {
  const findings: Written = Object.create(null);
  for (const key of [...baseline.keys()].sort()) {
    const [path, rule, name] = JSON.parse(key);
    findings[path] ??= Object.create(null);
    const rules = findings[path] as Written[string];
    rules[rule] ??= Object.create(null);
    (rules[rule] as Record<string, number>)[name] = baseline.get(key) ?? 0;
  }
  return `${JSON.stringify({ version: 1, findings }, null, 2)}\n`;
}

/** Null if the text is something else. */
export function parseBaseline(text: string): Baseline | null {
  try {
    const { version, findings } = JSON.parse(text);
    if (version !== 1) return null;
    const entries = Object.entries<Record<string, object>>(findings).flatMap(([path, rules]) =>
      Object.entries(rules).flatMap(([rule, functions]) =>
        Object.entries(functions).map(([name, count]): [string, number] => [JSON.stringify([path, rule, name]), count]),
      ),
    );
    return entries.every(([, count]) => Number.isSafeInteger(count) && count > 0) ? new Map(entries) : null;
  } catch {
    return null;
  }
}
