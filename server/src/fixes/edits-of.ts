/** Turns a fix into edits of the files that it touches. */

import { type FileEdit, type Fix, type Operation, originOf, type TextEdit } from '../edits/fix.ts';
import { frontendFor } from '../frontends/index.ts';
import { keepLast } from '../frontends/keep-last.ts';
import type { ModuleNode, Span } from '../ir/nodes.ts';

/** The code as it was analysed. */
export interface EditableCode {
  /** A module's text; for a notebook, its joined code cells. Null if it cannot be read. */
  readonly textOf: (path: string) => string | null;
  /** Null if the file cannot be read, or its language is not supported. */
  readonly languageOf: (path: string) => ModuleNode['language'] | null;
  /** The positions of a notebook's code cells in its text, because no edit may cross a cell; null for other files. */
  readonly cellsOf: (path: string) => readonly Span[] | null;
}

/**
 * The edits of `fix`, by file and in the order of each text, without overlaps. Null if the fix cannot be applied
 * completely, because the code is not written in a form that can be edited with certainty.
 */
export function editsOf(
  fix: Fix,
  textOf: EditableCode['textOf'],
  cellsOf: EditableCode['cellsOf'] = () => null,
  languageOf: EditableCode['languageOf'] = () => null,
): readonly FileEdit[] | null {
  const code: EditableCode = { textOf, cellsOf, languageOf };
  const all: FileEdit[] = [];
  for (const [path, operations] of operationsByFile(fix)) {
    const edits = editsIn(path, operations, code);
    if (edits === null) return null;
    all.push(...edits.map((edit) => ({ ...edit, path })));
  }
  return all.length === 0 ? null : all;
}

export interface FixContext {
  readonly code: EditableCode;
  readonly mayChange: (path: string) => boolean;
  /** What is already known about operations in a file. Must be emptied when the file's text changes. */
  readonly knownIn: (path: string) => Map<string, boolean>;
}

/** True if the fix can be applied: all its files may be changed, and `editsOf` returns edits. */
export function canApply(fix: Fix, { code, mayChange, knownIn }: FixContext): boolean {
  const byFile = [...operationsByFile(fix)];
  return (
    byFile.length > 0 &&
    byFile.every(([path, operations]) => {
      if (!mayChange(path)) return false;
      const known = knownIn(path);
      const key = JSON.stringify(operations);
      const before = known.get(key);
      if (before !== undefined) return before;
      const isEditable = (editsIn(path, operations, code)?.length ?? 0) > 0;
      known.set(key, isEditable);
      return isEditable;
    })
  );
}

function operationsByFile({ operations }: Fix): ReadonlyMap<string, readonly Operation[]> {
  return Map.groupBy(operations, (operation) => originOf(operation).path);
}

/**
 * False where invalid UTF-8 was replaced when reading, or half a surrogate pair would be when an editor saves the file: it
 * could not be written back unchanged. The fixes of a file are tried one after the other.
 */
const isFaithful = keepLast((text) => !text.includes('\uFFFD') && text.isWellFormed());

function editsIn(path: string, operations: readonly Operation[], code: EditableCode): readonly TextEdit[] | null {
  const text = code.textOf(path);
  const edits =
    text === null || !isFaithful(text)
      ? null
      : (frontendFor(path, code.languageOf(path))?.edit(text, path, operations) ?? null);
  const cells = code.cellsOf(path);
  if (edits === null || cells === null) return edits;
  const isInCells = edits.every(({ start, end }) => cells.some((cell) => cell.start <= start && end <= cell.end));
  return isInCells ? edits : null;
}
