/** Counts of checked fixes by rule and language, as a Markdown table. */
import type { FixCheck } from './check.ts';

export function table(checks: readonly FixCheck[]): string {
  const rows = new Map<string, { findings: number; fixes: number; applied: number; parsed: number; failed: number }>();
  for (const check of checks) {
    const key = `| ${check.rule} | ${languageOf(check.path)} |`;
    const row = rows.get(key) ?? { findings: 0, fixes: 0, applied: 0, parsed: 0, failed: 0 };
    row.fixes += check.title === null ? 0 : 1;
    row.findings += check.isFirst ? 1 : 0;
    row.applied += check.isApplied ? 1 : 0;
    row.parsed += check.isJudgedByParser ? 1 : 0;
    row.failed += check.failures.length > 0 ? 1 : 0;
    rows.set(key, row);
  }
  const lines = [...rows]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(
      ([key, { findings, fixes, applied, parsed, failed }]) =>
        `${key} ${findings} | ${fixes} | ${applied} | ${parsed} | ${failed} |`,
    );
  return [
    '| rule | language | findings | fixes stated | applied | parsed by the language itself | failed |',
    '|---|---|--:|--:|--:|--:|--:|',
    ...lines,
  ].join('\n');
}

function languageOf(path: string): string {
  if (path.endsWith('.ipynb')) return 'notebook';
  return /\.pyi?w?$/.test(path) ? 'Python' : 'TypeScript, JavaScript';
}
