/** The parts of a loop of embedding calls: what is read from each answer, and how each text is built. */
import type { Item } from '../../../edits/syntax.ts';
import { childrenOf, endOf, isExpression, kindOf, type Source, spanOf, textOf } from '../source.ts';
import { knownList } from './types.ts';
import { mentionsOf } from './variables.ts';

/** `CALL.data[0].embedding`: the whole expression, the name of the list, and what is read from its first item. */
export interface Reading {
  readonly value: number;
  readonly list: string;
  readonly rest: string;
}

/** The call with all texts instead of one; null if anything else in the call depends on the item. */
export function togetherCall(
  source: Source,
  call: number,
  input: Item<number>,
  item: string,
  iterable: number,
): string | null {
  let value = bare(source, input.value);
  if (kindOf(source, value) === 'ArrayExpression') {
    const items = childrenOf(source, value).filter((child) => isExpression(source, child));
    if (items.length !== 1 || childrenOf(source, value).some((child) => kindOf(source, child) === '*')) return null;
    value = bare(source, items[0] as number);
  }
  const within = mentionsOf(source, value, item).length;
  if (within === 0 || within !== mentionsOf(source, call, item).length || !isPlain(source, call, value)) return null;
  const texts = textsOf(source, value, item, iterable);
  if (texts === null) return null;
  const { start, end } = spanOf(source, call);
  return source.text.slice(start, input.valueSpan.start) + texts + source.text.slice(input.valueSpan.end, end);
}

function textsOf(source: Source, value: number, item: string, iterable: number): string | null {
  const list = textOf(source, iterable);
  if (kindOf(source, value) === 'VariableName') {
    const known = knownList(source, iterable);
    return known === null ? null : known === 'list' ? list : `list(${list})`;
  }
  return isTextMadeOf(source, value) ? `[${textOf(source, value)} for ${item} in ${list}]` : null;
}

/** True for an expression that is certainly text and has no side effects: an f-string, or a string method. */
function isTextMadeOf(source: Source, node: number): boolean {
  const kind = kindOf(source, node);
  if (kind === 'FormatString') {
    return !source.tree.name
      .slice(node, source.tree.end[node])
      .some((name) => name === 'CallExpression' || name === 'AwaitExpression');
  }
  if (kind !== 'CallExpression') return false;
  const [callee, list] = childrenOf(source, node);
  if (callee === undefined || list === undefined || kindOf(source, callee) !== 'MemberExpression') return false;
  const [object, , method] = childrenOf(source, callee);
  if (object === undefined || method === undefined || !TEXT_METHODS.has(textOf(source, method))) return false;
  const areLiteral = childrenOf(source, list).every(
    (child) => !isExpression(source, child) || /^(?:String|Number)$/.test(kindOf(source, child)),
  );
  return areLiteral && (isRead(source, object) || isTextMadeOf(source, object));
}

const TEXT_METHODS = new Set([
  'strip',
  'lstrip',
  'rstrip',
  'lower',
  'upper',
  'replace',
  'title',
  'casefold',
  'removeprefix',
  'removesuffix',
]);

export function isRead(source: Source, node: number): boolean {
  if (kindOf(source, node) === 'VariableName') return true;
  const [object, sign] = childrenOf(source, node);
  return (
    kindOf(source, node) === 'MemberExpression' &&
    object !== undefined &&
    kindOf(source, sign) === '.' &&
    isRead(source, object)
  );
}

/** True if every other argument of the call is the same in each round: literals, names and their members. */
function isPlain(source: Source, call: number, except: number): boolean {
  const [from, to] = [except, source.tree.end[except] ?? except];
  for (let node = call + 1; node < (source.tree.end[call] ?? call); node++) {
    if (node >= from && node < to) continue;
    if (
      /^(?:CallExpression|AwaitExpression|FormatString|LambdaExpression|NamedExpression|\w*ComprehensionExpression)$/.test(
        kindOf(source, node),
      )
    )
      return false;
  }
  return true;
}

/** What is read from the answer at `from`: `.data[0]` and members of it, as attributes or by keys. */
export function readingOf(source: Source, above: readonly number[], from: number, answers: string): Reading | null {
  let { node, at } = outermost(source, above, from);
  const steps: number[] = [];
  for (
    let parent = above[at];
    parent !== undefined && kindOf(source, parent) === 'MemberExpression';
    parent = above[at]
  ) {
    if (childrenOf(source, parent)[0] !== node) break;
    steps.push(parent);
    ({ node, at } = outermost(source, above, parent));
  }
  const [list, first, ...rest] = steps.map((step) =>
    source.text.slice(endOf(source, childrenOf(source, step)[0] as number), endOf(source, step)),
  );
  if (list === undefined || first === undefined || !/^\[\s*0\s*\]$/.test(first)) return null;
  if (list !== `.${answers}` && !new RegExp(`^\\[(["'])${answers}\\1\\]$`).test(list)) return null;
  return { value: steps.at(-1) as number, list, rest: rest.join('') };
}

/** The expression including the brackets around it, and the index in `above` of what surrounds those. */
export function outermost(source: Source, above: readonly number[], from: number): { node: number; at: number } {
  let node = from;
  let at = above.indexOf(from) + 1;
  for (
    let parent = above[at];
    parent !== undefined && kindOf(source, parent) === 'ParenthesizedExpression';
    parent = above[at]
  ) {
    node = parent;
    at++;
  }
  return { node, at };
}

export function bare(source: Source, node: number): number {
  if (kindOf(source, node) !== 'ParenthesizedExpression') return node;
  const inner = childrenOf(source, node).find((child) => isExpression(source, child));
  return inner === undefined ? node : bare(source, inner);
}
