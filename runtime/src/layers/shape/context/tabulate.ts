/** Writes lists of records as tables, so that the names of their members are said once. Every value keeps its characters. */
import { elementsOf, OPEN_ARRAY, OPEN_OBJECT, outlineOf, type Span } from '../../../support/json-members.ts';
import { minifiedJson } from './lossless.ts';

const MIN_ROWS = 3;
/** Deeper JSON stays as it is: each level is read once more. */
const MAX_DEPTH = 16;

/**
 * `[{"id":1,"ok":true},{"id":2,"ok":false},{"id":3,"ok":true}]` becomes
 * `{"columns":["id","ok"],"rows":[[1,true],[2,false],[3,true]]}`, at any depth, where that is shorter.
 *
 * @returns the text itself if it is not JSON, has no such list, or says `columns` already
 */
export function tabulated(text: string): string {
  if (!mayHaveTables(text)) return text;
  const json = minifiedJson(text);
  const table = rewritten(json, 0);
  return table === json ? text : table;
}

function mayHaveTables(text: string): boolean {
  let hasColumns = false;
  try {
    JSON.parse(text, (name, value) => {
      hasColumns ||= name === 'columns';
      return value;
    });
    return !hasColumns;
  } catch {
    return false;
  }
}

/** @param json without white space between its tokens */
function rewritten(json: string, depth: number): string {
  if (depth >= MAX_DEPTH) return json;
  const sign = json.charCodeAt(0);
  if (sign === OPEN_ARRAY) return rewrittenList(json, depth);
  const members = sign === OPEN_OBJECT ? membersOf(json) : null;
  return members === null ? json : recordOf([...members.keys()], cellsOf(json, members, depth + 1));
}

function rewrittenList(json: string, depth: number): string {
  const elements = (elementsOf(json) ?? []).map(({ from, to }) => json.slice(from, to));
  const records = elements.flatMap((element) => membersOf(element) ?? []);
  const names = [...(records[0]?.keys() ?? [])];
  const isTable =
    records.length >= MIN_ROWS &&
    records.length === elements.length &&
    records.every((record) => JSON.stringify([...record.keys()]) === JSON.stringify(names));
  if (!isTable) return `[${elements.map((element) => rewritten(element, depth + 1)).join()}]`;
  const rows = records.map((record, row) => cellsOf(elements[row] as string, record, depth + 2));
  const list = `[${rows.map((cells) => recordOf(names, cells)).join()}]`;
  const table = `{"columns":${JSON.stringify(names)},"rows":[${rows.map((cells) => `[${cells.join()}]`).join()}]}`;
  return table.length < list.length ? table : list;
}

function cellsOf(json: string, members: Members, depth: number): readonly string[] {
  return [...members.values()].map(({ from, to }) => rewritten(json.slice(from, to), depth));
}

function recordOf(names: readonly string[], cells: readonly string[]): string {
  return `{${names.map((name, column) => `"${name}":${cells[column]}`).join()}}`;
}

type Members = ReadonlyMap<string, Span>;

/** Null for anything but an object, and if a name occurs twice or is written with escapes. */
function membersOf(json: string): Members | null {
  const members = outlineOf(json);
  if (members === null) return null;
  // Quotes and a colon for each, commas between them and the brackets around them.
  let length = 1 + Math.max(1, members.size);
  for (const [name, { from, to }] of members) length += name.length + 3 + to - from;
  return length === json.length ? members : null;
}
