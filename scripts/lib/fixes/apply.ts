/** A fix carried out in a session's memory, and everything about it that the judges need to see. */
import { readFileSync } from 'node:fs';
import { type FileEdit, type Fix, type Operation, originOf } from '../../../server/src/edits/fix.ts';
import { decode } from '../../../server/src/files/regular-file.ts';
import { editFile } from '../../../server/src/fixes/edit-file.ts';
import { editsOf } from '../../../server/src/fixes/edits-of.ts';
import { readNotebook } from '../../../server/src/frontends/notebook/notebook.ts';
import type { Diagnostic } from '../../../server/src/lint/diagnostic.ts';
import type { FileAnalysis, Session } from '../../../server/src/workspace/session.ts';

export interface ChangedFile {
  readonly path: string;
  /** A name by which a parser knows the language. */
  readonly name: string;
  /** The file as it was, and as the fix leaves it: of a notebook its JSON. */
  readonly content: { readonly before: string; readonly after: string };
  /** The code in it, which is the same but for notebooks. */
  readonly before: string;
  readonly after: string;
  readonly edits: readonly FileEdit[];
  /** The text with only the edits that lie in no operation's own span; null where all do. */
  readonly outside: string | null;
}

/** A file whose results rested on what was changed, before and after. */
export interface Reanalysed {
  readonly path: string;
  readonly before: FileAnalysis;
  readonly after: FileAnalysis;
}

export interface Application {
  readonly fix: Fix;
  readonly files: readonly ChangedFile[];
  readonly reanalysed: readonly Reanalysed[];
  /** True where a fix of the rule is offered again for the call, and would change the text again. */
  readonly isOfferedAgain: boolean;
}

/** Null where the fix cannot be written. Leaves the session as it was. */
export function applyFix(session: Session, diagnostic: Diagnostic, fix: Fix): Application | null {
  const edits = editsOf(fix, session.textOf, session.cellsOf, session.languageOf);
  if (edits === null) return null;
  const files = [...Map.groupBy(edits, ({ path }) => path)].map(([path, own]) =>
    changedFile(fix, path, own, session.languageOf(path)),
  );
  const known = new Map([...session.findings()]);
  const stale = new Set<string>();
  for (const file of files) for (const path of session.setText(file.path, file.content.after)) stale.add(path);
  const touched = [...known].filter(([path]) => stale.has(path));
  const reanalysed = touched.map(([path, before]) => ({ path, before, after: session.analysisOf(path) }));
  const again = reanalysed.flatMap(({ after }) => after.diagnostics.filter((other) => isSame(other, diagnostic)));
  const isOfferedAgain = again.some((other) => other.fixes().some((next) => changesText(session, next)));
  for (const { path } of files) for (const other of session.setText(path, null)) stale.add(other);
  for (const [path] of touched) session.analysisOf(path);
  return { fix, files, reanalysed, isOfferedAgain };
}

export function isSame(a: Diagnostic, b: Diagnostic): boolean {
  return a.rule === b.rule && a.call === b.call;
}

function changedFile(
  fix: Fix,
  path: string,
  edits: readonly FileEdit[],
  language: ReturnType<Session['languageOf']>,
): ChangedFile {
  const outside = edits.filter((edit) => !fix.operations.some((operation) => isAtItsPlace(edit, operation)));
  const before = decode(readFileSync(path));
  const changed = (some: readonly FileEdit[]): string => {
    const after = editFile(path, before, some);
    if (after === null) throw new Error(`${path}: the edits cannot be made in the file`);
    return after;
  };
  const after = changed(edits);
  return {
    path,
    name: language === 'typescript' && path.endsWith('.ipynb') ? `${path}.ts` : path,
    content: { before, after },
    before: codeIn(path, before),
    after: codeIn(path, after),
    edits,
    outside: outside.length === 0 ? null : codeIn(path, changed(outside)),
  };
}

function codeIn(path: string, content: string): string {
  return path.endsWith('.ipynb') ? readNotebook(content).text : content;
}

/** In the span that an operation names; what it says of a loop is about what stands around the span. */
function isAtItsPlace(edit: FileEdit, operation: Operation): boolean {
  const origin = originOf(operation);
  if (edit.path !== origin.path) return false;
  if (operation.kind === 'embed-together') return edit.start <= origin.start && origin.end <= edit.end;
  // The text around it: that only its parts changed places is seen in the tree.
  if (operation.kind === 'move-line') return true;
  return origin.start <= edit.start && edit.end <= origin.end;
}

function changesText(session: Session, fix: Fix): boolean {
  const edits = editsOf(fix, session.textOf, session.cellsOf, session.languageOf) ?? [];
  return edits.some(({ path, start, end, text }) => (session.textOf(path) ?? '').slice(start, end) !== text);
}
