/**
 * Tables for language models: a head, then a row a line. No cell is padded, because every space is read and paid for.
 */

export interface Column<Row> {
  readonly head: string;
  readonly cell: (row: Row) => string | number | null;
}

/** Null is an empty cell. A column that is empty in every row is left out. */
export function table<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): readonly string[] {
  return grouped(columns, [{ title: null, rows }]);
}

export interface Group<Row> {
  /** A line of its own, for what all rows of the group share; null for none. */
  readonly title: string | null;
  readonly rows: readonly Row[];
}

/** One table whose rows stand under titles: a path is written once, not in each row. */
export function grouped<Row>(columns: readonly Column<Row>[], groups: readonly Group<Row>[]): readonly string[] {
  const written = groups.map(({ title, rows }) => ({
    title,
    rows: rows.map((row) => columns.map(({ cell }) => cellText(cell(row)))),
  }));
  const all = written.flatMap(({ rows }) => rows);
  const used = columns.map((_, index) => all.some((row) => row[index] !== ''));
  const line = (cells: readonly string[]): string => cells.filter((_, index) => used[index]).join('|');
  return [
    line(columns.map(({ head }) => head)),
    ...written.flatMap(({ title, rows }) => [...(title === null ? [] : [title]), ...rows.map(line)]),
  ];
}

function cellText(value: string | number | null): string {
  return value === null ? '' : String(value).replaceAll('|', '\\|');
}
