/** JSON, with comments and trailing commas, as the files of editors and hosts have them. */
import { type Node, parseTree } from 'jsonc-parser';
import { type DataNode, MAX_DEPTH, MAX_TEXT, scalar } from './data-node.ts';

/** Null if the text is not JSON. */
export function jsonDocument(text: string): DataNode | null {
  if (text.length > MAX_TEXT) return null;
  try {
    const root = parseTree(text, [], { allowTrailingComma: true });
    return root === undefined ? null : read(root, lineCounter(text), 0);
  } catch (error) {
    // The parser recurses: a text that is nested too deep for it states no setting either.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function read(node: Node, lineAt: (offset: number) => number, depth: number): DataNode {
  const line = lineAt(node.offset);
  if (depth > MAX_DEPTH) return scalar(line, null);
  const children = node.children ?? [];
  if (node.type === 'array') {
    return { kind: 'list', line, items: children.map((item) => read(item, lineAt, depth + 1)) };
  }
  if (node.type !== 'object') return scalar(line, node.value);
  const entries = new Map<string, DataNode>();
  for (const { children: [key, value] = [] } of children) {
    if (key && value) entries.set(String(key.value), read(value, lineAt, depth + 1));
  }
  return { kind: 'table', line, entries };
}

/** For offsets that only grow. */
function lineCounter(text: string): (offset: number) => number {
  let at = 0;
  let line = 1;
  return (offset) => {
    for (; at < offset; at++) if (text[at] === '\n') line++;
    return line;
  };
}
