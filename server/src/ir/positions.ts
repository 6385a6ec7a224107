/** Converts offsets in a module's text to what editors and reports show: lines and columns from 1, in UTF-16 units. */

/** The start of a notebook's code cell in the joined text. */
export interface CellStart {
  /** 0-based, over all cells of the notebook. */
  readonly index: number;
  readonly start: number;
  /** Offset after its last character. */
  readonly end: number;
}

export interface Position {
  /** Null outside notebooks. Inside, lines are relative to the cell. */
  readonly cell: number | null;
  readonly line: number;
  readonly column: number;
}

export interface Positions {
  readonly at: (offset: number) => Position;
  /** The line in the whole text, from 1, for notebooks too. */
  readonly lineOf: (offset: number) => number;
  /** Offset of the first unit of `line` (from 1), or of the text's end. */
  readonly startOf: (line: number) => number;
  /** Offset at which the cell with this index begins; 0 if there is no such cell. */
  readonly startOfCell: (cell: number) => number;
  readonly lines: number;
  /** For a notebook, the positions of its code cells in the text; null for other files. */
  readonly cells: readonly { readonly start: number; readonly end: number }[] | null;
}

/** `cells` are in the order of the text; null for a file that is not a notebook. */
export function createPositions(text: string, cells: readonly CellStart[] | null = null): Positions {
  const starts = lineStarts(text);
  const length = text.length;
  const lineOf = (offset: number): number =>
    lastNotAbove(starts.length, (index) => starts[index] as number, offset) + 1;
  const at = (offset: number): Position => {
    const line = lineOf(offset);
    const column = offset - (starts[line - 1] as number) + 1;
    if (!cells?.length) return { cell: null, line, column };
    const cell = cells[lastNotAbove(cells.length, (index) => cells[index]?.start as number, offset)] as CellStart;
    return { cell: cell.index, line: line - lineOf(cell.start) + 1, column };
  };
  return {
    at,
    lineOf,
    startOf: (line) => starts[line - 1] ?? length,
    startOfCell: (cell) => cells?.find(({ index }) => index === cell)?.start ?? 0,
    lines: starts.length,
    cells: cells?.map(({ start, end }) => ({ start, end })) ?? null,
  };
}

/** A line ends at `\n`, `\r\n` or a lone `\r`, as the language server protocol specifies. */
function lineStarts(text: string): Uint32Array {
  const starts = [0];
  if (text.includes('\r')) {
    for (const match of text.matchAll(/\r\n?|\n/g)) starts.push(match.index + match[0].length);
  } else {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  }
  return Uint32Array.from(starts);
}

/** The last index whose value is not above `limit`; 0 if all are. Values ascend. */
function lastNotAbove(count: number, value: (index: number) => number, limit: number): number {
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (value(middle) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}
