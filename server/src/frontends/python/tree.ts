/**
 * The syntax tree as flat arrays in preorder: deep nesting cannot overflow the stack, and stepping through it is cheap.
 */
import type { PartialParse, Tree } from '@lezer/common';
import { firstIndex } from '../../edits/first-index.ts';
import type { Span } from '../../ir/nodes.ts';
import { keepLast } from '../keep-last.ts';
import { parser } from './generated/parser.ts';

/**
 * Node `i` has the type `name[i]` and spans `from[i]` to `to[i]`. Its descendants are the nodes `i + 1` up to but not
 * including `end[i]`, so its first child is `i + 1` and the next sibling of `c` is `end[c]`. Comments and error nodes
 * are omitted.
 */
export interface SyntaxTree {
  readonly name: readonly string[];
  readonly from: readonly number[];
  readonly to: readonly number[];
  readonly end: readonly number[];
  readonly comments: readonly Span[];
  readonly firstError: Span | null;
  readonly lastError: Span | null;
}

/** Parses `text`; offsets are shifted by `base`. */
export function parseTree(text: string, base = 0): SyntaxTree {
  const name: string[] = [];
  const from: number[] = [];
  const to: number[] = [];
  const end: number[] = [];
  const comments: Span[] = [];
  let firstError: Span | null = null;
  let lastError: Span | null = null;
  const open: number[] = [];
  parseAll(text).iterate({
    enter(node) {
      if (node.type.isError) {
        lastError = { start: node.from + base, end: node.to + base };
        firstError ??= lastError;
        return false;
      }
      if (node.name === 'Comment') {
        comments.push({ start: node.from + base, end: node.to + base });
        return false;
      }
      open.push(name.length);
      name.push(node.name);
      from.push(node.from + base);
      to.push(node.to + base);
      end.push(0);
      return true;
    },
    leave() {
      const index = open.pop();
      if (index !== undefined) end[index] = name.length;
    },
  });
  return { name, from, to, end, comments, firstError, lastError };
}

/**
 * The parser takes a node that grows 300 times from one start (a sum of 500 strings, a chain of calls, a long list of
 * statements) for nesting that a reader could not recurse through, breaks it off and calls what follows an error. Trees here
 * are flat arrays, so that its count starts anew at every step.
 */
function parseAll(text: string): Tree {
  const parse: PartialParse & { bigReductionCount?: number } = parser.startParse(text);
  for (;;) {
    parse.bigReductionCount = 0;
    const tree = parse.advance();
    if (tree !== null) return tree;
  }
}

/** The tree of a whole module. Trying a fix right after an analysis does not parse again. */
export const parseModule = keepLast((text) => parseTree(text));

/** The first node that starts at `offset` or after it: nodes come in the order of their starts, the outer ones first. */
export function firstFrom({ from }: SyntaxTree, offset: number): number {
  return firstIndex(from, (start) => start >= offset);
}

/** The children of `node`, in order. */
export function children(tree: SyntaxTree, node: number): number[] {
  const result: number[] = [];
  const stop = tree.end[node] ?? node;
  for (let child = node + 1; child < stop; child = tree.end[child] ?? stop) result.push(child);
  return result;
}
