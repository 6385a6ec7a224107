/** Turns loops that embed one text after the other into one request for all of them. */
import type { TextEdit } from '../../../edits/fix.ts';
import { dedented, freshName } from '../../../edits/loops.ts';
import type { Item } from '../../../edits/syntax.ts';
import { childrenOf, isExpression, kindOf, type Source, spanOf, startOf, textOf } from '../source.ts';
import { bare, isRead, outermost, type Reading, readingOf, togetherCall } from './loop-parts.ts';
import { mentionsOf, parentsOf } from './variables.ts';

/** See `Syntax.embedTogether`. */
export function embedTogether(
  source: Source,
  call: number,
  input: Item<number>,
  answers: string,
): readonly TextEdit[] | null {
  const above = parentsOf(source, call);
  const result = unwrapped(source, above, call);
  const reading = readingOf(source, above, result, answers);
  if (reading !== null) {
    const around = outermost(source, above, reading.value);
    const parent = above[around.at];
    if (parent === undefined) return null;
    if (kindOf(source, parent) === 'ArrayComprehensionExpression')
      return inComprehension(source, parent, call, result, input, reading);
    const statement = appendAround(source, above, around.node, around.at);
    if (statement === null) return null;
    const one = inLoop(source, above, statement.statement, 1, call, input);
    if (one === null) return null;
    const each = freshName(source.text);
    const answer = isAwait(source, result) ? `(await ${one.call})` : one.call;
    return replaced(
      source,
      one.loop,
      dedented(`${statement.list}.extend(${each}${reading.rest} for ${each} in ${answer}${reading.list})`, one.column),
    );
  }
  return overStatements(source, above, call, result, input, answers);
}

/** `[CALL.data[0].embedding for text in texts]`. */
function inComprehension(
  source: Source,
  node: number,
  call: number,
  result: number,
  input: Item<number>,
  { value, list, rest }: Reading,
): readonly TextEdit[] | null {
  const [open, element, , name, , iterable, close, ...more] = childrenOf(source, node);
  const words = childrenOf(source, node).map((child) => kindOf(source, child));
  const isPlain =
    words[2] === 'for' && words[3] === 'VariableName' && words[4] === 'in' && words[6] === ']' && more.length === 0;
  if (
    !isPlain ||
    element === undefined ||
    name === undefined ||
    iterable === undefined ||
    open === undefined ||
    close === undefined
  )
    return null;
  if (bare(source, element) !== value || hasComment(source, node, call)) return null;
  const one = togetherCall(source, call, input, textOf(source, name), iterable);
  if (one === null) return null;
  const each = freshName(source.text);
  const answer = isAwait(source, result) ? `(await ${one})` : one;
  return [{ ...spanOf(source, node), text: `[${each}${rest} for ${each} in ${answer}${list}]` }];
}

/** `response = CALL` and, as the loop's only other statement, `vectors.append(response.data[0].embedding)`. */
function overStatements(
  source: Source,
  above: readonly number[],
  call: number,
  result: number,
  input: Item<number>,
  answers: string,
): readonly TextEdit[] | null {
  const assignment = above.find((node) => kindOf(source, node) === 'AssignStatement');
  if (assignment === undefined) return null;
  const [target, sign, value, ...more] = childrenOf(source, assignment);
  const isPlain = more.length === 0 && kindOf(source, target) === 'VariableName' && kindOf(source, sign) === 'AssignOp';
  if (!isPlain || target === undefined || value !== result) return null;
  const one = inLoop(source, above, assignment, 2, call, input);
  const last = one?.statements[1];
  if (one === null || last === undefined || one.statements[0] !== assignment) return null;
  const name = textOf(source, target);
  const [use, ...others] = mentionsOf(source, last, name);
  if (use === undefined || others.length > 0) return null;
  const aboveUse = parentsOf(source, use.node);
  const reading = readingOf(source, aboveUse, use.node, answers);
  if (reading === null) return null;
  const around = outermost(source, aboveUse, reading.value);
  const append = appendAround(source, aboveUse, around.node, around.at);
  if (append === null || append.statement !== last) return null;
  const scope = above.find((node) => kindOf(source, node) === 'FunctionDefinition') ?? 0;
  const isElsewhere = mentionsOf(source, scope, name).some(
    ({ node }) => node < one.loop || node >= (source.tree.end[one.loop] ?? 0),
  );
  if (isElsewhere) return null;
  const each = freshName(source.text);
  const head = source.text.slice(startOf(source, assignment), startOf(source, call)) + one.call;
  const extend = `${append.list}.extend(${each}${reading.rest} for ${each} in ${name}${reading.list})`;
  return replaced(source, one.loop, `${dedented(head, one.column)}\n${one.column}${extend}`);
}

/**
 * The plain `for` loop whose body consists of `count` statements including `statement`, and the call for all its items.
 */
function inLoop(
  source: Source,
  above: readonly number[],
  statement: number,
  count: number,
  call: number,
  input: Item<number>,
): { loop: number; statements: readonly number[]; call: string; column: string } | null {
  const at = above.indexOf(statement);
  const [body, loop] = [above[at + 1], above[at + 2]];
  if (
    body === undefined ||
    loop === undefined ||
    kindOf(source, body) !== 'Body' ||
    kindOf(source, loop) !== 'ForStatement'
  )
    return null;
  const children = childrenOf(source, loop);
  const [word, name, , iterable, last] = children;
  if (
    children.length !== 5 ||
    kindOf(source, word) !== 'for' ||
    kindOf(source, name) !== 'VariableName' ||
    last !== body
  )
    return null;
  const statements = childrenOf(source, body).filter((child) => kindOf(source, child) !== ':');
  if (statements.length !== count || name === undefined || iterable === undefined || hasComment(source, loop, call))
    return null;
  // The loop's variable outlives the loop: code that reads it afterwards expects the last item.
  const scope = above.find((node) => kindOf(source, node) === 'FunctionDefinition') ?? 0;
  const isReadLater = mentionsOf(source, scope, textOf(source, name)).some(
    ({ node }) => node >= (source.tree.end[loop] ?? 0),
  );
  const one = isReadLater ? null : togetherCall(source, call, input, textOf(source, name), iterable);
  if (one === null) return null;
  const start = startOf(source, loop);
  const column = source.text.slice(source.text.lastIndexOf('\n', start - 1) + 1, start);
  return column.trim() === '' ? { loop, statements, call: one, column } : null;
}

/**
 * `LIST.append(value)` as a statement: the code of the list, and the statement. `at` is the index of the node around
 * `value`.
 */
function appendAround(
  source: Source,
  above: readonly number[],
  value: number,
  at: number,
): { list: string; statement: number } | null {
  const [args, call, statement] = above.slice(at, at + 3);
  if (args === undefined || call === undefined || statement === undefined) return null;
  if (kindOf(source, args) !== 'ArgList' || kindOf(source, call) !== 'CallExpression') return null;
  if (kindOf(source, statement) !== 'ExpressionStatement') return null;
  const inside = childrenOf(source, args).filter((child) => isExpression(source, child));
  const callee = childrenOf(source, call)[0];
  if (inside.length !== 1 || inside[0] !== value || callee === undefined) return null;
  const [object, , method] = childrenOf(source, callee);
  if (object === undefined || method === undefined || textOf(source, method) !== 'append' || !isRead(source, object))
    return null;
  return { list: textOf(source, object), statement };
}

/** The call, or the `await` of it. */
function unwrapped(source: Source, above: readonly number[], call: number): number {
  const { at } = outermost(source, above, call);
  const parent = above[at];
  return parent !== undefined && isAwait(source, parent) ? parent : call;
}

function isAwait(source: Source, node: number): boolean {
  return kindOf(source, node) === 'AwaitExpression';
}

/** Whether the loop contains a comment outside the call, which would be lost. */
function hasComment(source: Source, loop: number, call: number): boolean {
  const [outer, inner] = [spanOf(source, loop), spanOf(source, call)];
  return source.tree.comments.some(
    ({ start, end }) => start >= outer.start && end <= outer.end && !(start >= inner.start && end <= inner.end),
  );
}

function replaced(source: Source, loop: number, by: string): readonly TextEdit[] {
  return [{ ...spanOf(source, loop), text: source.text.includes('\r\n') ? by.replace(/\r?\n/g, '\r\n') : by }];
}
