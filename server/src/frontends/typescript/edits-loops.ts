/** Loops that embed one text after the other, as one request for all of them. */
import ts from 'typescript';
import type { TextEdit } from '../../edits/fix.ts';
import { dedented, freshName } from '../../edits/loops.ts';
import type { Item } from '../../edits/syntax.ts';
import { ancestorsOf, bare, mentionsOf } from './edits-names.ts';
import { knownArray } from './edits-types.ts';
import { tokenStart } from './source.ts';

/** `CALL.data[0].embedding`: the call, the list's name as it is read, and what is read of its first item. */
interface Reading {
  readonly value: ts.Node;
  readonly list: string;
  readonly rest: string;
}

/** See `Syntax.embedTogether`. */
export function embedTogether(
  file: ts.SourceFile,
  call: ts.Node,
  input: Item<ts.Node>,
  answers: string,
): readonly TextEdit[] | null {
  const { text } = file;
  const start = (node: ts.Node) => tokenStart(text, node.pos);
  const source = (node: ts.Node) => text.slice(start(node), node.end);
  const above = [...ancestorsOf(file, call)].reverse();
  const awaited = above.find((node) => !ts.isParenthesizedExpression(node));
  const isAwaited = awaited !== undefined && ts.isAwaitExpression(awaited);
  const result = isAwaited ? awaited : call;

  // `const response = await CALL;` in front of the statement that reads it.
  const declaration = above.find((node) => ts.isVariableDeclaration(node) && node.initializer === result);
  const variable =
    declaration !== undefined && ts.isVariableDeclaration(declaration) && ts.isIdentifier(declaration.name)
      ? declaration.name.text
      : null;
  const block = above.find(ts.isBlock);
  const expected = variable === null ? 1 : 2;
  const statements = block?.statements ?? [];
  const last = statements.at(-1);
  const isPlainBlock = statements.length === expected && (variable === null || declares(statements[0], declaration));

  const read = (): Reading | null => {
    if (variable === null) return readingOf(above, result, answers, text);
    const uses = last === undefined ? [] : mentionsOf(last, variable);
    const [use] = uses;
    if (use === undefined || uses.length > 1) return null;
    return readingOf([...ancestorsOf(file, use.node)].reverse(), use.node, answers, text);
  };
  const reading = read();
  if (reading === null) return null;

  const together = (item: string, list: ts.Expression): string | null => {
    const texts = textsOf(file, list, item, input, call, source);
    if (texts === null) return null;
    const value = input.kind === 'shorthand' ? `${input.name}: ${texts}` : texts;
    const span = input.kind === 'shorthand' ? input : input.valueSpan;
    return text.slice(start(call), span.start) + value + text.slice(span.end, call.end);
  };
  const each = freshName(text);
  const collected = `map((${each}) => ${each}${reading.rest})`;

  const loop = above.find(ts.isForOfStatement);
  if (loop !== undefined && last !== undefined && isPlainBlock && loop.statement === block) {
    const pushed = pushOf(last, reading.value);
    const item = itemOf(loop.initializer);
    if (pushed === null || item === null || loop.awaitModifier !== undefined || !isAwaited) return null;
    const one = together(item, loop.expression);
    if (one === null || hasComment(text, start(loop), loop.end, start(call), call.end)) return null;
    const column = columnOf(text, start(loop));
    if (variable === null) {
      return replaced(loop, dedented(`${source(pushed)}.push(...(await ${one})${reading.list}.${collected});`, column));
    }
    const outside = mentionsOf(enclosing(above, loop), variable).some(
      ({ node }) => node.pos < loop.pos || node.end > loop.end,
    );
    if (outside) return null;
    const first = statements[0] as ts.Node;
    const head = text.slice(start(first), start(call)) + one + text.slice(call.end, first.end);
    const push = `${source(pushed)}.push(...${variable}${reading.list}.${collected});`;
    return replaced(loop, `${dedented(head, column)}\n${column}${push}`);
  }

  const callback = above.find(ts.isArrowFunction);
  const mapping = above.find((node) => ts.isCallExpression(node) && node.arguments[0] === callback);
  if (callback === undefined || mapping === undefined || !ts.isCallExpression(mapping)) return null;
  const isReturned =
    callback.body === reading.value ||
    bare(callback.body) === reading.value ||
    (callback.body === block &&
      isPlainBlock &&
      last !== undefined &&
      ts.isReturnStatement(last) &&
      last.expression !== undefined &&
      bare(last.expression) === reading.value);
  const gathering = above[above.indexOf(mapping) + 1];
  if (!isReturned || !isMethod(mapping, 'map') || gathering === undefined || !ts.isCallExpression(gathering))
    return null;
  if (source(gathering.expression) !== 'Promise.all' || gathering.arguments.length !== 1 || !isAwaited) return null;
  const [parameter, ...more] = callback.parameters;
  if (parameter === undefined || more.length > 0 || !ts.isIdentifier(parameter.name) || mapping.arguments.length !== 1)
    return null;
  const one = together(parameter.name.text, (mapping.expression as ts.PropertyAccessExpression).expression);
  const outer = above[above.indexOf(gathering) + 1];
  if (one === null || outer === undefined || ts.isExpressionStatement(outer)) return null;
  const isOuterAwaited = ts.isAwaitExpression(outer);
  const whole = isOuterAwaited ? outer : gathering;
  if (hasComment(text, start(whole), whole.end, start(call), call.end)) return null;
  const parent = above[above.indexOf(whole) + 1];
  if (parent === undefined || ts.isExpressionStatement(parent)) return null;
  const column = columnOf(text, start(whole));
  if (isOuterAwaited) return replaced(whole, dedented(`(await ${one})${reading.list}.${collected}`, column));
  return replaced(whole, dedented(`${one}.then((response) => response${reading.list}.${collected})`, column));

  function replaced(node: ts.Node, by: string): readonly TextEdit[] {
    return [{ start: start(node), end: node.end, text: text.includes('\r\n') ? by.replace(/\r?\n/g, '\r\n') : by }];
  }
}

/** What is read of the answer at `from`: `.data[0]` and members of that, in any of their spellings. */
function readingOf(above: readonly ts.Node[], from: ts.Node, answers: string, text: string): Reading | null {
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
    list.name.text !== answers
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
  // An item that may be missing in a list of answers is there in each of them.
  return { value: object, list: listText, rest: text.slice(behind, object.end).replace(/^\?\./, '.') };
}

/** The expression of all texts: the list itself, or what each of its items is made into. */
function textsOf(
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
  const inValue = mentionsOf(value, item).length + (ts.isIdentifier(value) && value.text === item ? 1 : 0);
  if (inValue === 0 || inValue !== mentionsOf(call, item).length || !isPlain(call, value)) return null;
  const known = knownArray(file, list);
  if (ts.isIdentifier(value)) return known === 'texts' ? source(list) : null;
  if (!isTextMadeOf(value, item) || known === null) return null;
  return `${source(list)}.map((${item}) => ${source(value)})`;
}

/** Text for certain, and made of nothing that has an effect: a template, or a method of strings. */
function isTextMadeOf(node: ts.Node, item: string): boolean {
  if (ts.isTemplateExpression(node))
    return node.templateSpans.every((span) => isRead(span.expression) || isTextMadeOf(span.expression, item));
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
  if (!TEXT_METHODS.has(node.expression.name.text) || !node.arguments.every(isLiteral)) return false;
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

/** Every other argument of the call is the same in each round: literals, names and their members. */
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

function isRead(node: ts.Node): boolean {
  return ts.isIdentifier(node) || (ts.isPropertyAccessExpression(node) && isRead(node.expression));
}

function isLiteral(node: ts.Node): boolean {
  return (
    ts.isStringLiteralLike(node) || ts.isNumericLiteral(node) || node.kind === ts.SyntaxKind.RegularExpressionLiteral
  );
}

function declares(statement: ts.Node | undefined, declaration: ts.Node | undefined): boolean {
  return (
    statement !== undefined &&
    ts.isVariableStatement(statement) &&
    statement.declarationList.declarations.length === 1 &&
    statement.declarationList.declarations[0] === declaration
  );
}

/** `OUT` of the statement `OUT.push(value);`. */
function pushOf(statement: ts.Statement, value: ts.Node): ts.Node | null {
  if (!ts.isExpressionStatement(statement) || !ts.isCallExpression(statement.expression)) return null;
  const { expression: callee, arguments: args } = statement.expression;
  if (!ts.isPropertyAccessExpression(callee) || callee.name.text !== 'push' || !isRead(callee.expression)) return null;
  return args.length === 1 && args[0] !== undefined && bare(args[0]) === bare(value) ? callee.expression : null;
}

function itemOf(initializer: ts.ForInitializer): string | null {
  if (!ts.isVariableDeclarationList(initializer)) return null;
  const [declaration] = initializer.declarations;
  return declaration !== undefined && ts.isIdentifier(declaration.name) ? declaration.name.text : null;
}

function isMethod(call: ts.CallExpression, name: string): boolean {
  return ts.isPropertyAccessExpression(call.expression) && call.expression.name.text === name;
}

/** The function around the loop, or the file. */
function enclosing(above: readonly ts.Node[], loop: ts.Node): ts.Node {
  const outside = above.slice(above.indexOf(loop) + 1);
  return outside.find((node) => ts.isFunctionLike(node) || ts.isSourceFile(node)) ?? loop;
}

/** A comment between two offsets, but for what is kept as it is. A mark in a string is taken for one. */
function hasComment(text: string, from: number, to: number, keptFrom: number, keptTo: number): boolean {
  return /\/\/|\/\*/.test(text.slice(from, keptFrom) + text.slice(keptTo, to));
}

function columnOf(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset))?.[0] ?? '';
}
