/** JSX: an opaque node with every expression in the element and in the elements inside it. */
import ts from 'typescript';
import type { Expression } from '../../ir/nodes.ts';
import { lowerExpression } from './expressions.ts';
import { opaque, type Source, startOf } from './source.ts';

const { SyntaxKind } = ts;

type Element = ts.JsxElement | ts.JsxSelfClosingElement | ts.JsxFragment;

export function lowerJsx(source: Source, node: Element): Expression {
  const start = startOf(source, node);
  const children: Expression[] = [];
  // Elements that have not been read yet, the next one last: an explicit stack, because elements can nest to any depth.
  const pending: ts.Node[] = [node];
  for (let child = pending.pop(); child !== undefined; child = pending.pop()) {
    switch (child.kind) {
      case SyntaxKind.JsxElement: {
        const element = child as ts.JsxElement;
        pushReversed(pending, element.children);
        pushReversed(pending, element.openingElement.attributes.properties);
        break;
      }
      case SyntaxKind.JsxFragment:
        pushReversed(pending, (child as ts.JsxFragment).children);
        break;
      case SyntaxKind.JsxSelfClosingElement:
        pushReversed(pending, (child as ts.JsxSelfClosingElement).attributes.properties);
        break;
      case SyntaxKind.JsxAttribute: {
        const { initializer } = child as ts.JsxAttribute;
        if (initializer !== undefined) pending.push(initializer);
        break;
      }
      case SyntaxKind.JsxExpression:
      case SyntaxKind.JsxSpreadAttribute: {
        const { expression } = child as ts.JsxExpression | ts.JsxSpreadAttribute;
        if (expression !== undefined) children.push(lowerExpression(source, expression));
        break;
      }
    }
  }
  return opaque(start, node.end, children);
}

function pushReversed(pending: ts.Node[], nodes: readonly ts.Node[]): void {
  for (let index = nodes.length - 1; index >= 0; index--) pending.push(nodes[index] as ts.Node);
}
