/** A fix as edits of the files that it touches. */

import { type FileEdit, type Fix, type Operation, originOf } from '../edits/fix.ts';
import { frontendFor } from '../frontends/index.ts';
import type { ModuleNode, Span } from '../ir/nodes.ts';

/**
 * The edits of `fix`, by file and in the order of each text, none overlapping; null where it cannot be applied as a whole:
 * then the code is not written so that it could be edited with certainty. `textOf` gives a module's text as it was
 * analysed (of a notebook, its cells joined), `cellsOf` the places of a notebook's cells in it, across which no edit goes,
 * `languageOf` a notebook's language.
 */
export function editsOf(
  fix: Fix,
  textOf: (path: string) => string | null,
  cellsOf: (path: string) => readonly Span[] | null = () => null,
  languageOf: (path: string) => ModuleNode['language'] | null = () => null,
): readonly FileEdit[] | null {
  const byPath = new Map<string, Operation[]>();
  for (const operation of fix.operations) {
    const { path } = originOf(operation);
    byPath.set(path, [...(byPath.get(path) ?? []), operation]);
  }
  const all: FileEdit[] = [];
  for (const [path, operations] of byPath) {
    const text = textOf(path);
    const edits = text === null ? null : (frontendFor(path, languageOf(path))?.edit(text, path, operations) ?? null);
    if (edits === null) return null;
    const cells = cellsOf(path);
    const isInCells =
      cells === null || edits.every(({ start, end }) => cells.some((cell) => cell.start <= start && end <= cell.end));
    if (!isInCells) return null;
    all.push(...edits.map((edit) => ({ ...edit, path })));
  }
  return all.length === 0 ? null : all;
}
