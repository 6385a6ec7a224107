/** TOML. Of the small parsers, `toml-eslint-parser` is the one that keeps the lines, which findings name. */
import { type AST, parseTOML } from 'toml-eslint-parser';
import { type DataNode, MAX_DEPTH, MAX_TEXT, type ScalarNode, scalar } from './data-node.ts';

/** TOML states the parts of a table in several places, so that tables and lists are added to. */
type Draft = ScalarNode | DraftList | DraftTable;
interface DraftList {
  readonly kind: 'list';
  readonly line: number;
  readonly items: Draft[];
}
interface DraftTable {
  readonly kind: 'table';
  readonly line: number;
  readonly entries: Map<string, Draft>;
}

/** Null if the text is not TOML. */
export function tomlDocument(text: string): DataNode | null {
  if (text.length > MAX_TEXT) return null;
  try {
    const root = emptyTable(1);
    for (const node of parseTOML(text).body[0].body) {
      if (node.type === 'TOMLKeyValue') {
        addTo(root, node, 0);
        continue;
      }
      const table = tableAt(root, node.resolvedKey, node.loc.start.line);
      for (const pair of node.body) addTo(table, pair, 0);
    }
    return root;
  } catch {
    // A syntax error, or nesting that overflows the parser's stack: no program reads such a file.
    return null;
  }
}

function addTo(table: DraftTable, { key, value, loc }: AST.TOMLKeyValue, depth: number): void {
  const names = key.keys.map((part) => (part.type === 'TOMLBare' ? part.name : part.value));
  const parent = tableAt(table, names.slice(0, -1), loc.start.line);
  parent.entries.set(names.at(-1) ?? '', read(value, depth + 1));
}

function read(node: AST.TOMLContentNode, depth: number): Draft {
  const { line } = node.loc.start;
  if (depth > MAX_DEPTH) return scalar(line, null);
  if (node.type === 'TOMLArray') {
    return { kind: 'list', line, items: node.elements.map((item) => read(item, depth + 1)) };
  }
  if (node.type === 'TOMLValue') return scalar(line, node.value, 'number' in node ? node.number : undefined);
  const table = emptyTable(line);
  for (const pair of node.body) addTo(table, pair, depth);
  return table;
}

/** The table at a path of names and, in lists of tables, positions; made where it is missing. */
function tableAt(root: DraftTable, path: readonly (string | number)[], line: number): DraftTable {
  let node: Draft = root;
  for (const [index, step] of path.slice(0, MAX_DEPTH).entries()) {
    const isList = typeof path[index + 1] === 'number';
    const next: Draft = childOf(node, step) ?? (isList ? { kind: 'list', line, items: [] } : emptyTable(line));
    if (node.kind === 'table') node.entries.set(String(step), next);
    else if (node.kind === 'list' && typeof step === 'number') node.items[step] = next;
    node = next;
  }
  // The parser refuses a table under the name of a value.
  return node.kind === 'table' ? node : emptyTable(line);
}

function childOf(node: Draft, step: string | number): Draft | undefined {
  if (node.kind === 'table') return node.entries.get(String(step));
  return node.kind === 'list' && typeof step === 'number' ? node.items[step] : undefined;
}

function emptyTable(line: number): DraftTable {
  return { kind: 'table', line, entries: new Map() };
}
