/**
 * YAML. Aliases are followed while the nodes are made, so that a text in which each alias stands for ten others
 * ("a billion laughs") ends at `MAX_NODES`. What cannot be parsed is left out.
 */
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type ParsedNode,
  parseAllDocuments,
  Scalar,
  type YAMLMap,
} from 'yaml';
import { type DataNode, MAX_DEPTH, MAX_TEXT, scalar } from './data-node.ts';

/** In all documents of a text, aliases followed. */
const MAX_NODES = 50_000;

const STANDARD_TAG = /^tag:yaml\.org,2002:(?:str|int|float|bool|null|map|seq)$/;

/** One node per document; none if the text is not YAML. */
export function yamlDocuments(text: string): readonly DataNode[] {
  if (text.length > MAX_TEXT) return [];
  const lines = new LineCounter();
  try {
    const documents = parseAllDocuments(text, {
      lineCounter: lines,
      logLevel: 'silent',
      prettyErrors: false,
      // The library compares every key with every other one, which takes minutes where there are many.
      uniqueKeys: false,
    });
    if ('empty' in documents) return [];
    const left = { nodes: MAX_NODES };
    return documents.map(({ contents }) => createReader(lines, left)(contents, 0));
  } catch {
    // Hostile nesting overflows the parser's stack: such a text states nothing either.
    return [];
  }
}

type Reader = (node: ParsedNode | null, depth: number) => DataNode;

function createReader(lines: LineCounter, left: { nodes: number }): Reader {
  /** The library looks an alias up by searching the whole document, which is too slow where there are many. */
  const anchors = new Map<string, ParsedNode>();

  const read: Reader = (node, depth) => {
    const line = node === null ? 1 : lines.linePos(node.range[0]).line;
    if (node === null || depth > MAX_DEPTH || left.nodes-- <= 0) return scalar(line, null);
    if (isAlias(node)) return read(anchors.get(node.source) ?? null, depth + 1);
    if (node.anchor !== undefined) anchors.set(node.anchor, node);
    if (node.tag !== undefined && !STANDARD_TAG.test(node.tag)) return scalar(line, null);
    if (isMap(node)) return { kind: 'table', line, entries: entriesOf(node, depth) };
    if (isSeq(node)) return { kind: 'list', line, items: node.items.map((item) => read(item, depth + 1)) };
    const plain = scalar(line, node.value, node.source);
    return isInterpolated(node) ? { ...plain, value: null } : plain;
  };

  const entriesOf = (map: YAMLMap.Parsed, depth: number): ReadonlyMap<string, DataNode> => {
    const entries = new Map<string, DataNode>();
    const merged: DataNode[] = [];
    for (const { key, value } of map.items) {
      if (!isScalar(key) || key.source === undefined) continue;
      const node = read(value, depth + 1);
      if (key.source !== '<<') entries.set(key.source, node);
      else merged.push(...(node.kind === 'list' ? node.items : [node]));
    }
    // What a mapping states itself counts more than what it merges, and an earlier merge more than a later one.
    for (const table of merged) {
      if (table.kind !== 'table') continue;
      for (const [name, node] of table.entries) if (!entries.has(name)) entries.set(name, node);
    }
    return entries;
  };

  return read;
}

/** Compose, OmegaConf and others fill `${NAME}` in when they load the file. Blocks are prose, which may quote it. */
function isInterpolated({ type, value }: Scalar): boolean {
  const isBlock = type === Scalar.BLOCK_LITERAL || type === Scalar.BLOCK_FOLDED;
  return !isBlock && typeof value === 'string' && value.includes('${');
}
