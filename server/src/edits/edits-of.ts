/** A fix as edits of the files that it touches. */
import type { Frontend } from '../frontends/frontend.ts';
import { python } from '../frontends/python/python.ts';
import { typescript } from '../frontends/typescript/typescript.ts';
import type { Span } from '../ir/nodes.ts';
import { type FileEdit, type Fix, type Operation, originOf } from './fix.ts';

const FRONTENDS: readonly Frontend[] = [typescript, python];

/**
 * The edits of `fix`, by file and in the order of each text, none overlapping; null where it cannot be applied as a whole:
 * then the code is not written so that it could be edited with certainty. `textOf` gives a module's text as it was
 * analysed (of a notebook, its cells joined), `cellsOf` the places of a notebook's cells in it, across which no edit goes.
 */
export function editsOf(
  fix: Fix,
  textOf: (path: string) => string | null,
  cellsOf: (path: string) => readonly Span[] | null = () => null,
): readonly FileEdit[] | null {
  const byPath = new Map<string, Operation[]>();
  for (const operation of fix.operations) {
    const { path } = originOf(operation);
    byPath.set(path, [...(byPath.get(path) ?? []), operation]);
  }
  const all: FileEdit[] = [];
  for (const [path, operations] of byPath) {
    const text = textOf(path);
    const edits = text === null ? null : (frontendOf(path)?.edit(text, path, operations) ?? null);
    if (edits === null) return null;
    const cells = cellsOf(path);
    const isInCells =
      cells === null || edits.every(({ start, end }) => cells.some((cell) => cell.start <= start && end <= cell.end));
    if (!isInCells) return null;
    all.push(...edits.map((edit) => ({ ...edit, path })));
  }
  return all.length === 0 ? null : all;
}

function frontendOf(path: string): Frontend | null {
  const extension = path.endsWith('.ipynb') ? '.py' : (/\.[^./]+$/.exec(path)?.[0] ?? '');
  return FRONTENDS.find(({ extensions }) => extensions.includes(extension)) ?? null;
}
