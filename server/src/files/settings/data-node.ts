/** Data as a file states it, with lines, so that findings can name the place: what YAML, TOML and JSON are read into. */

export type DataNode = ScalarNode | ListNode | TableNode;

interface Located {
  /** From 1. */
  readonly line: number;
}

export interface ScalarNode extends Located {
  readonly kind: 'scalar';
  /** Null also for what is not plain data: a date, a tag of a program's own, a text that is filled in on loading. */
  readonly value: string | number | boolean | null;
  /** As text, with a number's own spelling (`1.0`), and of what is filled in on loading the expression (`${NAME}`). */
  readonly text: string | null;
}

export interface ListNode extends Located {
  readonly kind: 'list';
  readonly items: readonly DataNode[];
}

export interface TableNode extends Located {
  readonly kind: 'table';
  readonly entries: ReadonlyMap<string, DataNode>;
}

/** Deeper data states no setting. */
export const MAX_DEPTH = 20;

/** Characters. Longer texts hold data of another kind, and parsing them would take longer than the scan. */
export const MAX_TEXT = 200_000;

export function scalar(line: number, value: unknown, spelling?: string): ScalarNode {
  if (typeof value === 'string') return { kind: 'scalar', line, value, text: value };
  if (typeof value !== 'number' && typeof value !== 'boolean') return { kind: 'scalar', line, value: null, text: null };
  return { kind: 'scalar', line, value, text: spelling ?? String(value) };
}

/** The text of a plain value; null of anything else. */
export function textOf(node: DataNode | undefined): string | null {
  return node?.kind === 'scalar' ? node.text : null;
}

/** The node and all nodes in it, the outer ones first. */
export function* nodesIn(node: DataNode): Generator<DataNode> {
  yield node;
  if (node.kind === 'scalar') return;
  for (const inner of node.kind === 'list' ? node.items : node.entries.values()) yield* nodesIn(inner);
}
