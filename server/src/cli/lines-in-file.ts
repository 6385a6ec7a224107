/** Where the lines of a report are in its files, which only differs in notebooks. */
import { resolve } from 'node:path';
import { readTextOrNull } from '../files/regular-file.ts';
import { type LineInFile, sourceLines } from '../frontends/notebook/source-lines.ts';
import type { Overlay } from './analyse.ts';
import type { LinesIn } from './formats/format.ts';

/** Bytes. The outputs of a notebook can be large. */
const LIMIT = 256 * 1024 * 1024;

/** Each notebook is read once. */
export function createLinesIn(overlay: Overlay | null): LinesIn {
  const notebooks = new Map<string, LineInFile | null>();
  const load = (path: string): LineInFile | null => {
    const text = overlay?.path === path ? overlay.text : readTextOrNull(path, LIMIT);
    return text === null ? null : sourceLines(text);
  };
  return (root) =>
    ({ path, cell, line, endLine }) => {
      if (cell === null) return { line, endLine };
      const file = resolve(root, path);
      const known = notebooks.get(file);
      const lineOf = known === undefined ? load(file) : known;
      notebooks.set(file, lineOf);
      const [first, last] = [lineOf?.(cell, line), lineOf?.(cell, endLine)];
      return first == null || last == null ? null : { line: first, endLine: last };
    };
}
