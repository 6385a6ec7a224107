/** How a call expression can be put into an arrow function that is called in its place. */
import type { CallForm } from '@farthing/shared/measured/call-sites';
import ts from 'typescript';
import type { Span } from '../../ir/nodes.ts';
import { visitAround } from './edits/visit-around.ts';
import { tokenStart } from './source.ts';

/** Null if what the code does would change: the call yields, ends early in an optional chain, or is not found. */
export function callFormIn(file: ts.SourceFile, span: Span): CallForm | null {
  const path: ts.Node[] = [];
  visitAround(file, span, (node) => path.push(node));
  const index = path.findIndex(
    (node) => node.end === span.end && tokenStart(file.text, node.pos) === span.start && isCall(node),
  );
  const call = path[index];
  const parent = path[index - 1];
  if (call === undefined || parent === undefined || endsChain(call, parent)) return null;
  const { awaits, yields } = suspensionsIn(call);
  if (yields) return null;
  if (!awaits) return 'plain';
  return ts.isAwaitExpression(parent) ? 'awaited' : null;
}

function isCall(node: ts.Node): boolean {
  if (ts.isCallExpression(node))
    return node.expression.kind !== ts.SyntaxKind.SuperKeyword && node.expression.kind !== ts.SyntaxKind.ImportKeyword;
  return ts.isNewExpression(node);
}

/** `a?.create().then()`: where there is no `a`, nothing after it is evaluated either. */
function endsChain(call: ts.Node, parent: ts.Node): boolean {
  if (!ts.isOptionalChain(call)) return false;
  return ts.isOptionalChain(parent) || ts.isNonNullExpression(parent);
}

/** What suspends the function around the call; functions inside it suspend themselves. */
function suspensionsIn(call: ts.Node): { readonly awaits: boolean; readonly yields: boolean } {
  let awaits = false;
  let yields = false;
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node)) return;
    awaits ||= ts.isAwaitExpression(node);
    yields ||= ts.isYieldExpression(node);
    ts.forEachChild(node, visit);
  };
  visit(call);
  return { awaits, yields };
}
