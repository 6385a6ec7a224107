/** Targets of an assignment, a loop, a `with` or a walrus. */
import type { ArrayPattern, Pattern } from '../../ir/nodes.ts';
import { lowerExpression } from './expressions.ts';
import {
  childrenOf,
  isExpression,
  kindOf,
  MAXIMUM_DEPTH,
  missing,
  opaque,
  type Source,
  spanOf,
  textOf,
} from './source.ts';

export function lowerTarget(source: Source, node: number): Pattern {
  const kind = kindOf(source, node);
  const span = spanOf(source, node);
  if (kind === 'VariableName') return { kind: 'name', ...span, name: textOf(source, node) };
  if (source.depth < MAXIMUM_DEPTH) {
    if (kind === 'TupleExpression' || kind === 'ArrayExpression')
      return lowerArrayPattern(source, childrenOf(source, node), span);
    if (kind === 'ParenthesizedExpression') {
      source.depth++;
      const inside = lowerTargets(source, childrenOf(source, node), span.start);
      source.depth--;
      return inside;
    }
  }
  const expression = lowerExpression(source, node);
  if (expression.kind === 'member' || expression.kind === 'index') return expression;
  // Not a valid target, in code that is being typed: the calls in it are kept.
  return { kind: 'index', ...span, object: expression, index: opaque({ start: span.end, end: span.end }) };
}

/** Targets without brackets (`a, *b`): a single target is itself, several are an array pattern. */
export function lowerTargets(source: Source, nodes: readonly number[], offset: number): Pattern {
  const targets = nodes.filter((node) => isExpression(source, node));
  const [first] = targets;
  const last = targets.at(-1);
  if (first === undefined || last === undefined) {
    return { kind: 'index', start: offset, end: offset, object: missing(offset), index: missing(offset) };
  }
  const isTuple = nodes.some((node) => kindOf(source, node) === ',' || kindOf(source, node) === '*');
  if (!isTuple) return lowerTarget(source, first);
  return lowerArrayPattern(source, nodes, { start: spanOf(source, first).start, end: spanOf(source, last).end });
}

function lowerArrayPattern(
  source: Source,
  nodes: readonly number[],
  span: { start: number; end: number },
): ArrayPattern {
  const items: Pattern[] = [];
  let restIndex = -1;
  source.depth++;
  nodes.forEach((node, index) => {
    if (!isExpression(source, node)) return;
    if (kindOf(source, nodes[index - 1]) === '*') restIndex = items.length;
    items.push(lowerTarget(source, node));
  });
  source.depth--;
  return { kind: 'arrayPattern', start: span.start, end: span.end, items, restIndex };
}

/** The names that `pattern` binds. */
export function boundNames(pattern: Pattern): string[] {
  const names: string[] = [];
  const open: (Pattern | null)[] = [pattern];
  while (open.length > 0) {
    const next = open.pop();
    if (next?.kind === 'name') names.push(next.name);
    if (next?.kind === 'arrayPattern') open.push(...next.items);
  }
  return names;
}
