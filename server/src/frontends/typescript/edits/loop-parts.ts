/** The parts of a loop of embedding calls: what is read from each answer, and how each text is built. */
import ts from 'typescript';
import type { Item } from '../../../edits/syntax.ts';
import { isNamed, nameOf } from '../names.ts';
import { knownArray } from './types.ts';
import { bare, mentionsOf } from './variables.ts';

/** `CALL.data[0].embedding`: the whole expression, the name of the list, and what is read from its first item. */
export interface Reading {
  readonly value: ts.Node;
  readonly list: string;
  readonly rest: string;
}

/** What is read from the answer at `from`: `.data[0]` and members of it, in any spelling. */
export function readingOf(above: readonly ts.Node[], from: ts.Node, answers: string, text: string): Reading | null {
  let at = above.indexOf(from) + 1;
  let object = from;
  const skip = () => {
    for (
      let node = above[at];
      node && (ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node));
      node = above[at]
    ) {
      object = node;
      at++;
    }
  };
  skip();
  const list = above[at];
  if (
    list === undefined ||
    !ts.isPropertyAccessExpression(list) ||
    list.expression !== object ||
    nameOf(list.name) !== answers
  )
    return null;
  const listText = text.slice(object.end, list.end);
  object = list;
  at++;
  skip();
  const first = above[at];
  if (first === undefined || !ts.isElementAccessExpression(first) || first.expression !== object) return null;
  if (!ts.isNumericLiteral(first.argumentExpression) || first.argumentExpression.text !== '0') return null;
  object = first;
  at++;
  skip();
  const behind = object.end;
  for (
    let node = above[at];
    node && ts.isPropertyAccessExpression(node) && node.expression === object;
    node = above[at]
  ) {
    object = node;
    at++;
    skip();
  }
  // An item that is optional in an array of answers exists in each of them.
  return { value: object, list: listText, rest: text.slice(behind, object.end).replace(/^\?\./, '.') };
}

/** The expression for all texts: the list itself, or the list with each item converted. */
export function textsOf(
  file: ts.SourceFile,
  list: ts.Expression,
  item: string,
  input: Item<ts.Node>,
  call: ts.Node,
  source: (node: ts.Node) => string,
): string | null {
  let value = bare(input.value);
  if (ts.isArrayLiteralExpression(value)) {
    const [only, ...more] = value.elements;
    if (only === undefined || more.length > 0) return null;
    value = bare(only);
  }
  const inValue = mentionsOf(value, item).length + (isNamed(value, item) ? 1 : 0);
  if (inValue === 0 || inValue !== mentionsOf(call, item).length || !isPlain(call, value)) return null;
  const known = knownArray(file, list);
  if (ts.isIdentifier(value)) return known === 'texts' ? source(list) : null;
  if (!isTextMadeOf(value, item) || known === null) return null;
  return `${source(list)}.map((${item}) => ${source(value)})`;
}

/** True for an expression that is certainly text and has no side effects: a template, or a string method. */
function isTextMadeOf(node: ts.Node, item: string): boolean {
  if (ts.isTemplateExpression(node))
    return node.templateSpans.every((span) => isRead(span.expression) || isTextMadeOf(span.expression, item));
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
  if (!TEXT_METHODS.has(nameOf(node.expression.name)) || !node.arguments.every(isLiteral)) return false;
  return isRead(node.expression.expression) || isTextMadeOf(node.expression.expression, item);
}

const TEXT_METHODS = new Set([
  'trim',
  'trimStart',
  'trimEnd',
  'toLowerCase',
  'toUpperCase',
  'replace',
  'replaceAll',
  'normalize',
  'substring',
]);

/** True if every other argument of the call is the same in each round: literals, names and their members. */
function isPlain(call: ts.Node, except: ts.Node): boolean {
  const visit = (node: ts.Node): boolean => {
    if (node === except) return true;
    if (ts.isTemplateExpression(node)) return false;
    if (
      node !== call &&
      (ts.isCallExpression(node) || ts.isNewExpression(node) || ts.isAwaitExpression(node) || ts.isFunctionLike(node))
    )
      return false;
    return ts.forEachChild(node, (child) => (visit(child) ? undefined : true)) !== true;
  };
  return visit(call);
}

export function isRead(node: ts.Node): boolean {
  return ts.isIdentifier(node) || (ts.isPropertyAccessExpression(node) && isRead(node.expression));
}

function isLiteral(node: ts.Node): boolean {
  return (
    ts.isStringLiteralLike(node) || ts.isNumericLiteral(node) || node.kind === ts.SyntaxKind.RegularExpressionLiteral
  );
}
