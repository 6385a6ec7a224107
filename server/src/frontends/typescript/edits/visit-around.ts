/** The way from a syntax tree's root down to a place in its text. */
import ts from 'typescript';
import { firstIndex } from '../../../edits/first-index.ts';
import type { Span } from '../../../ir/nodes.ts';

/**
 * Visits the nodes that hold `span`, the outermost first. In a list, such as a file's statements, the one item that can
 * hold it is found by halving: a file with thousands of calls is asked for each of them.
 */
export function visitAround(node: ts.Node, span: Span, visit: (node: ts.Node) => void): void {
  if (node.pos > span.start || node.end < span.end) return;
  visit(node);
  ts.forEachChild(
    node,
    (child) => visitAround(child, span, visit),
    (children) => {
      const child = children[firstIndex(children, ({ end }) => end >= span.end)];
      if (child) visitAround(child, span, visit);
    },
  );
}
