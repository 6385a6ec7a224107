/** Applies the fixes of a session's findings in memory, and says what is wrong with what they make. */
import type { LlmCall } from '../../server/src/calls/call.ts';
import { applyEdits } from '../../server/src/edits/apply-edits.ts';
import { editsOf } from '../../server/src/edits/edits-of.ts';
import { type FileEdit, type Fix, originOf } from '../../server/src/edits/fix.ts';
import type { Diagnostic } from '../../server/src/engine/lint.ts';
import type { Session } from '../../server/src/engine/session.ts';

/** One fix of one finding; a finding without a fix has one entry, whose `title` is null. */
export interface FixCheck {
  readonly path: string;
  readonly rule: string;
  readonly title: string | null;
  /** True for the first fix of its finding: each finding is counted once. */
  readonly isFirst: boolean;
  /** False where a fix was stated but cannot be written into this code. */
  readonly isApplied: boolean;
  readonly failures: readonly string[];
  /** The changed lines, for reading. */
  readonly change: string;
}

export function checkFixes(session: Session): readonly FixCheck[] {
  const findings = [...session.findings()].flatMap(([path, { diagnostics }]) =>
    diagnostics.map((diagnostic) => ({ path, diagnostic })),
  );
  return findings.flatMap(({ path, diagnostic }) => {
    if (diagnostic.call === null) return [];
    const common = { path, rule: diagnostic.rule };
    const fixes = diagnostic.fixes();
    if (fixes.length === 0)
      return [{ ...common, title: null, isFirst: true, isApplied: false, failures: [], change: '' }];
    return fixes.map((fix, index): FixCheck => {
      const stated = { ...common, title: fix.title, isFirst: index === 0 };
      const edits = editsOf(fix, session.textOf, session.cellsOf, session.languageOf);
      if (edits === null) return { ...stated, isApplied: false, failures: [], change: '' };
      return { ...stated, isApplied: true, ...applied(session, path, diagnostic, fix, edits) };
    });
  });
}

function applied(
  session: Session,
  path: string,
  diagnostic: Diagnostic,
  fix: Fix,
  edits: readonly FileEdit[],
): Pick<FixCheck, 'failures' | 'change'> {
  const failures: string[] = [];
  const before = session.analysisOf(path);
  const outside = edits.filter((edit) => !fix.operations.some((operation) => isWithin(edit, originOf(operation))));
  const files = [...new Set(edits.map((edit) => edit.path))];
  const originals = files.map((file) => ({
    file,
    text: session.textOf(file) ?? '',
    cells: session.cellsOf(file),
    language: session.languageOf(file) ?? 'python',
  }));
  const changes: string[] = [];
  for (const { file, text, cells, language } of originals) {
    const own = edits.filter((edit) => edit.path === file);
    const changed = applyEdits(text, own);
    changes.push(linesChanged(text, changed));
    const moved = (offset: number) =>
      offset +
      own.reduce((sum, { start, end, text: added }) => (end <= offset ? sum + added.length - (end - start) : sum), 0);
    session.setText(
      file,
      cells === null
        ? changed
        : {
            text: changed,
            language,
            cells: cells.map((cell, index) => ({ index, start: moved(cell.start), end: moved(cell.end) })),
            problem: null,
          },
    );
  }
  const after = session.analysisOf(path);
  if (isSyntax(after.problem) && !isSyntax(before.problem)) failures.push(`it no longer parses: ${after.problem}`);
  if (after.diagnostics.some(({ rule, call }) => rule === diagnostic.rule && call === diagnostic.call))
    failures.push('the finding is still there');
  failures.push(...othersChanged(before.calls, after.calls, diagnostic.call as string, fix));
  const isIntended = outside.every((edit) =>
    isInVariable(edit, fix, originals.find(({ file }) => file === edit.path)?.text ?? ''),
  );
  if (!isIntended) failures.push('another place was edited');
  for (const { file } of originals) session.setText(file, null);
  return { failures, change: changes.join('\n') };
}

/** A parameter may be written in the object of a variable, `name = {` or `name = Config(`, that the call mentions. */
function isInVariable(edit: FileEdit, fix: Fix, text: string): boolean {
  const names = [...text.slice(0, edit.start).matchAll(/(\w+)\s*(?::[^=\n]+)?=\s*[\w.]*[({]/g)].map(([, name]) => name);
  return fix.operations.some((operation) => {
    const { path, start, end } = originOf(operation);
    const mentioned = new Set(text.slice(start, end).match(/\w+/g));
    return path === edit.path && mentioned.has(names.findLast((name) => mentioned.has(name as string)) ?? '');
  });
}

function isWithin(
  edit: FileEdit,
  origin: { readonly path: string; readonly start: number; readonly end: number },
): boolean {
  return edit.path === origin.path && origin.start <= edit.start && edit.end <= origin.end;
}

function isSyntax(problem: string | null): boolean {
  return problem?.includes('syntax error') ?? false;
}

/** Other calls must say what they said, unless they share the place that was changed. */
function othersChanged(before: readonly LlmCall[], after: readonly LlmCall[], id: string, fix: Fix): readonly string[] {
  const now = new Map(after.map((call) => [call.id, call]));
  if (before.length !== after.length) return [`${before.length} calls became ${after.length}`];
  return before.flatMap((call) => {
    const same = now.get(call.id);
    if (same === undefined) return [`the call ${call.id} is gone`];
    if (call.id === id || sharesPlace(call, fix)) return [];
    return withoutOrigins(call) === withoutOrigins(same)
      ? []
      : [`the call at ${call.origin.start} says something else`];
  });
}

function sharesPlace(call: LlmCall, fix: Fix): boolean {
  const places = JSON.stringify(call).matchAll(/"path":("[^"]*"),"start":(\d+),"end":(\d+)/g);
  const keys = new Set([...places].map(([, path, start, end]) => `${path}:${start}:${end}`));
  return fix.operations.some((operation) => {
    const { path, start, end } = originOf(operation);
    return keys.has(`${JSON.stringify(path)}:${start}:${end}`);
  });
}

function withoutOrigins(call: LlmCall): string {
  return JSON.stringify(call, (key, value) => (/origin|^at$/i.test(key) ? undefined : value));
}

function linesChanged(before: string, after: string): string {
  const old = before.split('\n');
  const now = after.split('\n');
  let start = 0;
  while (start < old.length && old[start] === now[start]) start++;
  let end = 0;
  while (end < old.length - start && end < now.length - start && old.at(-1 - end) === now.at(-1 - end)) end++;
  const removed = old.slice(start, old.length - end).map((line) => `  - ${line}`);
  const added = now.slice(start, now.length - end).map((line) => `  + ${line}`);
  return [...removed, ...added].join('\n');
}
