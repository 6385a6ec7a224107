/** A fix carried out in a workspace's memory, and everything about it that the judges need to see. */
import { readFileSync } from 'node:fs';
import type { LlmCall } from '../../../server/src/calls/call.ts';
import { type FileEdit, type Fix, type Operation, originOf } from '../../../server/src/edits/fix.ts';
import { decode } from '../../../server/src/files/regular-file.ts';
import { editFile } from '../../../server/src/fixes/edit-file.ts';
import { changesOf } from '../../../server/src/fixes/fix-files.ts';
import { readNotebook } from '../../../server/src/frontends/notebook/notebook.ts';
import type { Diagnostic } from '../../../server/src/lint/diagnostic.ts';
import type { Workspace } from '../../../server/src/workspace/workspace.ts';

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

/** What is said of a file. */
export interface Said {
  readonly calls: readonly LlmCall[];
  readonly diagnostics: readonly Diagnostic[];
  readonly problem: string | null;
}

/** A file whose results rested on what was changed, before and after. */
export interface Reanalysed {
  readonly path: string;
  readonly before: Said;
  readonly after: Said;
}

export interface Application {
  readonly fix: Fix;
  readonly files: readonly ChangedFile[];
  readonly reanalysed: readonly Reanalysed[];
  /** True where a fix of the rule is offered again for the call, and would change the text again. */
  readonly isOfferedAgain: boolean;
}

/** Null where the fix cannot be written. Leaves the workspace as it was. */
export function applyFix(workspace: Workspace, diagnostic: Diagnostic, fix: Fix): Application | null {
  const edits = Map.groupBy(workspace.editsOf(fix) ?? [], ({ path }) => path);
  const changes = changesOf(fix, workspace, (path) => decode(readFileSync(path)));
  if (changes === null) return null;
  const files = [...changes].map(([path, content]) =>
    changedFile(fix, path, content, edits.get(path) ?? [], workspace),
  );
  const known = new Map(workspace.found().map((path) => [path, saidOf(workspace, path)]));
  const stale = new Set<string>();
  for (const file of files) for (const path of workspace.setOverlay(file.path, file.content.after)) stale.add(path);
  const touched = [...known].filter(([path]) => stale.has(path));
  const reanalysed = touched.map(([path, before]) => ({ path, before, after: saidOf(workspace, path) }));
  const again = reanalysed.flatMap(({ after }) => after.diagnostics.filter((other) => isSame(other, diagnostic)));
  const isOfferedAgain = again.some((other) => other.fixes().some((next) => changesText(workspace, next)));
  for (const { path } of files) for (const other of workspace.setOverlay(path, null)) stale.add(other);
  for (const path of stale) workspace.file(path);
  return { fix, files, reanalysed, isOfferedAgain };
}

function saidOf(workspace: Workspace, path: string): Said {
  const { calls, problem } = workspace.file(path);
  return { calls, problem, diagnostics: workspace.findings(path) };
}

export function isSame(a: Diagnostic, b: Diagnostic): boolean {
  return a.rule === b.rule && a.call === b.call;
}

function changedFile(
  fix: Fix,
  path: string,
  content: ChangedFile['content'],
  edits: readonly FileEdit[],
  { code }: Workspace,
): ChangedFile {
  const outside = edits.filter((edit) => !fix.operations.some((operation) => isAtItsPlace(edit, operation)));
  const isTypescript = code.languageOf(path) === 'typescript';
  return {
    path,
    name: isTypescript && path.endsWith('.ipynb') ? `${path}.ts` : path,
    content,
    before: codeIn(path, content.before),
    after: codeIn(path, content.after),
    edits,
    outside: outside.length === 0 ? null : codeIn(path, editFile(path, content.before, outside) ?? ''),
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

function changesText(workspace: Workspace, fix: Fix): boolean {
  const edits = workspace.editsOf(fix) ?? [];
  return edits.some(({ path, start, end, text }) => (workspace.code.textOf(path) ?? '').slice(start, end) !== text);
}
