/** Lines that changed, and the part of a report that is about them. */
import type { Report, ReportPosition } from '@farthing/shared/report';
import { parsePatch } from 'diff';

/**
 * By path: the lines that were added or replaced, and halves for removed ones: 7.5 is between lines 7 and 8. `all` is a
 * file in which every line is new.
 */
export type Changes = ReadonlyMap<string, 'all' | readonly number[]>;

/** Of a unified diff, with git's prefixes `a/` and `b/`. Throws if it is something else. */
export function changesIn(diff: string): Changes {
  const changes = new Map<string, readonly number[]>();
  for (const { newFileName, hunks } of parsePatch(diff)) {
    if (newFileName === undefined || newFileName === '/dev/null') continue;
    const path = newFileName.replace(/^b\//, '');
    const lines: number[] = [...(changes.get(path) ?? [])];
    for (const hunk of hunks) {
      // The library has already moved the start of a hunk without new lines to the line after it.
      let line = hunk.newStart;
      for (const text of hunk.lines) {
        if (text.startsWith('+')) lines.push(line);
        if (text.startsWith('-')) lines.push(line - 0.5);
        if (!text.startsWith('-') && !text.startsWith('\\')) line++;
      }
    }
    changes.set(path, lines);
  }
  return changes;
}

export interface Located {
  /** The path as `Changes` has it. */
  readonly pathOf: (position: ReportPosition) => string;
  /** Lines of the file, which for a notebook are not those of the report; null if they are not known. */
  readonly linesInFile: (position: ReportPosition) => { readonly line: number; readonly endLine: number } | null;
}

/** The calls and findings that a changed line is in, with each other. */
export function changedPart(report: Report, changes: Changes, { pathOf, linesInFile }: Located): Report {
  const isChanged = (position: ReportPosition): boolean => {
    const changed = changes.get(pathOf(position));
    if (changed === undefined) return false;
    const lines = changed === 'all' ? null : linesInFile(position);
    if (changed === 'all' || lines === null) return true;
    return changed.some((line) => lines.line <= line && line <= lines.endLine);
  };
  const calls = new Set(report.calls.filter(isChanged).map(({ id }) => id));
  const diagnostics = report.diagnostics.filter(
    (finding) => isChanged(finding) || (finding.call !== null && calls.has(finding.call)),
  );
  for (const { call } of diagnostics) if (call !== null) calls.add(call);
  return { ...report, calls: report.calls.filter(({ id }) => calls.has(id)), diagnostics };
}
