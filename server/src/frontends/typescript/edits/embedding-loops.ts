/** Turns loops that embed one text after the other into one request for all of them. */
import ts from 'typescript';
import type { TextEdit } from '../../../edits/fix.ts';
import { dedented, freshName } from '../../../edits/loops.ts';
import type { Item } from '../../../edits/syntax.ts';
import { nameOf } from '../names.ts';
import { tokenStart } from '../source.ts';
import { isRead, type Reading, readingOf, textsOf } from './loop-parts.ts';
import { ancestorsOf, bare, mentionsOf } from './variables.ts';

/** One round: the call, what surrounds it from the inside out, and what is read from its answer. */
interface Round {
  readonly file: ts.SourceFile;
  readonly call: ts.Node;
  readonly input: Item<ts.Node>;
  readonly above: readonly ts.Node[];
  /** The innermost block around the call, if it contains nothing but the round. */
  readonly block: ts.Block | null;
  /** `response` of `const response = await CALL;`, before the statement that reads it. */
  readonly variable: string | null;
  readonly reading: Reading;
  /** `map((item) => item.embedding)`. */
  readonly collected: string;
}

/** See `Syntax.embedTogether`. */
export function embedTogether(
  file: ts.SourceFile,
  call: ts.Node,
  input: Item<ts.Node>,
  answers: string,
): readonly TextEdit[] | null {
  const round = roundOf(file, call, input, answers);
  if (round === null) return null;
  const loop = round.above.find(ts.isForOfStatement);
  return loop !== undefined && loop.statement === round.block ? overItems(round, loop) : overPromises(round);
}

function roundOf(file: ts.SourceFile, call: ts.Node, input: Item<ts.Node>, answers: string): Round | null {
  const above = [...ancestorsOf(file, call)].reverse();
  const awaited = above.find((node) => !ts.isParenthesizedExpression(node));
  if (awaited === undefined || !ts.isAwaitExpression(awaited)) return null;
  const declaration = above.find((node) => ts.isVariableDeclaration(node) && node.initializer === awaited);
  const variable =
    declaration !== undefined && ts.isVariableDeclaration(declaration) && ts.isIdentifier(declaration.name)
      ? nameOf(declaration.name)
      : null;
  const block = above.find(ts.isBlock) ?? null;
  const statements = block?.statements ?? [];
  const isWhole =
    variable === null ? statements.length === 1 : statements.length === 2 && declares(statements[0], declaration);
  const reading =
    variable === null
      ? readingOf(above, awaited, answers, file.text)
      : readingOfVariable(file, statements.at(-1), variable, answers);
  if (reading === null) return null;
  const each = freshName(file.text);
  const collected = `map((${each}) => ${each}${reading.rest})`;
  return { file, call, input, above, block: isWhole ? block : null, variable, reading, collected };
}

function readingOfVariable(
  file: ts.SourceFile,
  statement: ts.Node | undefined,
  variable: string,
  answers: string,
): Reading | null {
  const [use, ...others] = statement === undefined ? [] : mentionsOf(statement, variable);
  if (use === undefined || others.length > 0) return null;
  return readingOf([...ancestorsOf(file, use.node)].reverse(), use.node, answers, file.text);
}

/** `for (const text of texts) { vectors.push((await CALL).data[0].embedding); }`, in one statement or two. */
function overItems(round: Round, loop: ts.ForOfStatement): readonly TextEdit[] | null {
  const { file, call, above, block, variable, reading, collected } = round;
  const { text } = file;
  const [first, last] = [block?.statements[0], block?.statements.at(-1)];
  const item = itemOf(loop.initializer);
  if (first === undefined || last === undefined || item === null || loop.awaitModifier !== undefined) return null;
  const pushed = pushOf(last, reading.value);
  const one = together(round, item, loop.expression);
  if (pushed === null || one === null || hasComment(round, loop)) return null;
  const column = columnOf(text, startOf(file, loop));
  const list = sourceOf(file, pushed);
  if (variable === null) {
    return replaced(file, loop, dedented(`${list}.push(...(await ${one})${reading.list}.${collected});`, column));
  }
  const isElsewhere = mentionsOf(enclosing(above, loop), variable).some(
    ({ node }) => node.pos < loop.pos || node.end > loop.end,
  );
  if (isElsewhere) return null;
  const head = text.slice(startOf(file, first), startOf(file, call)) + one + text.slice(call.end, first.end);
  const push = `${list}.push(...${variable}${reading.list}.${collected});`;
  return replaced(file, loop, `${dedented(head, column)}\n${column}${push}`);
}

/** `Promise.all(texts.map(async (text) => (await CALL).data[0].embedding))`, awaited or passed on. */
function overPromises(round: Round): readonly TextEdit[] | null {
  const { file, above, reading, collected } = round;
  const callback = above.find(ts.isArrowFunction);
  if (callback === undefined || !returns(callback, round)) return null;
  const at = above.indexOf(callback);
  const [mapping, gathering, outer, around] = above.slice(at + 1, at + 5);
  const list = mapping === undefined ? null : mapped(mapping, callback);
  const [parameter, ...more] = callback.parameters;
  if (list === null || parameter === undefined || more.length > 0 || !ts.isIdentifier(parameter.name)) return null;
  if (gathering === undefined || !ts.isCallExpression(gathering) || gathering.arguments.length !== 1) return null;
  if (sourceOf(file, gathering.expression) !== 'Promise.all' || outer === undefined) return null;
  const isAwaited = ts.isAwaitExpression(outer);
  const whole = isAwaited ? outer : gathering;
  // A separate statement does not use the vectors.
  if (ts.isExpressionStatement(isAwaited ? (around ?? outer) : outer)) return null;
  const one = together(round, nameOf(parameter.name), list);
  if (one === null || hasComment(round, whole)) return null;
  const by = isAwaited
    ? `(await ${one})${reading.list}.${collected}`
    : `${one}.then((response) => response${reading.list}.${collected})`;
  return replaced(file, whole, dedented(by, columnOf(file.text, startOf(file, whole))));
}

/** True if the callback returns what is read from the answer, and does nothing else. */
function returns(callback: ts.ArrowFunction, { block, reading }: Round): boolean {
  const last = callback.body === block ? block?.statements.at(-1) : undefined;
  const returned = last !== undefined && ts.isReturnStatement(last) ? last.expression : callback.body;
  return returned !== undefined && bare(returned) === bare(reading.value);
}

/** The list of `LIST.map(callback)`. */
function mapped(call: ts.Node, callback: ts.ArrowFunction): ts.Expression | null {
  if (!ts.isCallExpression(call) || call.arguments.length !== 1 || call.arguments[0] !== callback) return null;
  const { expression: callee } = call;
  return ts.isPropertyAccessExpression(callee) && nameOf(callee.name) === 'map' ? callee.expression : null;
}

/** The call with all texts instead of one. */
function together({ file, call, input }: Round, item: string, list: ts.Expression): string | null {
  const texts = textsOf(file, list, item, input, call, (node) => sourceOf(file, node));
  if (texts === null) return null;
  const isShorthand = input.kind === 'shorthand';
  const span = isShorthand ? input : input.valueSpan;
  const value = isShorthand ? `${input.name}: ${texts}` : texts;
  return file.text.slice(startOf(file, call), span.start) + value + file.text.slice(span.end, call.end);
}

/**
 * Whether the loop contains a comment outside the call, which would be lost. Comment marks in a string count as well.
 */
function hasComment({ file, call }: Round, loop: ts.Node): boolean {
  const { text } = file;
  return /\/\/|\/\*/.test(text.slice(startOf(file, loop), startOf(file, call)) + text.slice(call.end, loop.end));
}

function startOf(file: ts.SourceFile, node: ts.Node): number {
  return tokenStart(file.text, node.pos);
}

function sourceOf(file: ts.SourceFile, node: ts.Node): string {
  return file.text.slice(startOf(file, node), node.end);
}

function replaced(file: ts.SourceFile, node: ts.Node, by: string): readonly TextEdit[] {
  const text = file.text.includes('\r\n') ? by.replace(/\r?\n/g, '\r\n') : by;
  return [{ start: startOf(file, node), end: node.end, text }];
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
  if (!ts.isPropertyAccessExpression(callee) || nameOf(callee.name) !== 'push' || !isRead(callee.expression))
    return null;
  return args.length === 1 && args[0] !== undefined && bare(args[0]) === bare(value) ? callee.expression : null;
}

function itemOf(initializer: ts.ForInitializer): string | null {
  if (!ts.isVariableDeclarationList(initializer)) return null;
  const [declaration] = initializer.declarations;
  return declaration !== undefined && ts.isIdentifier(declaration.name) ? nameOf(declaration.name) : null;
}

/** The function around the loop, or the file. */
function enclosing(above: readonly ts.Node[], loop: ts.Node): ts.Node {
  const outside = above.slice(above.indexOf(loop) + 1);
  return outside.find((node) => ts.isFunctionLike(node) || ts.isSourceFile(node)) ?? loop;
}

function columnOf(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset))?.[0] ?? '';
}
