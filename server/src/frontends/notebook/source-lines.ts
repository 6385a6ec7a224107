/** Where the lines of a notebook's cells are in its file, for what shows files and knows nothing of cells. */
import { parseTree } from 'jsonc-parser';
import { createPositions } from '../../ir/positions.ts';
import { cellNodes, sourceNode } from './edit-notebook.ts';

/** The line of the file (from 1) that holds a line of a cell (from 1); null if the notebook has no such cell. */
export type LineInFile = (cell: number, line: number) => number | null;

export function sourceLines(json: string): LineInFile {
  const root = parseTree(json);
  const cells = root === undefined ? [] : cellNodes(root);
  const { lineOf } = createPositions(json);
  return (cell, line) => {
    const source = sourceNode(cells[cell]);
    if (source === null) return null;
    // Most notebooks store each line of a cell as a separate string on a separate line.
    let offset = source.offset;
    let first = 1;
    for (const { offset: start, value } of source.children ?? [source]) {
      if (first > line) break;
      offset = start;
      first += typeof value === 'string' ? value.split('\n').length - 1 : 0;
    }
    return lineOf(offset);
  };
}
