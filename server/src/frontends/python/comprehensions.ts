/** Comprehensions and generator expressions: an element and its `for ... in ... if ...` clauses. */
import type { Comprehension, ComprehensionClause, Expression } from '../../ir/nodes.ts';
import { lowerExpression, lowerFirst } from './expressions.ts';
import { lowerTargets } from './patterns.ts';
import { childrenOf, isExpression, kindOf, missing, type Source, spanOf, startOf } from './source.ts';

const COLLECTIONS: Readonly<Record<string, Comprehension['collection']>> = {
  ComprehensionExpression: 'generator',
  ArrayComprehensionExpression: 'list',
  SetComprehensionExpression: 'set',
  DictionaryComprehensionExpression: 'dict',
};

export function lowerComprehension(source: Source, node: number): Comprehension {
  const nodes = childrenOf(source, node);
  const span = spanOf(source, node);
  const at = nodes.findIndex((child) => kindOf(source, child) === 'for' || kindOf(source, child) === 'async');
  const collection = COLLECTIONS[kindOf(source, node)] ?? 'generator';
  const head = at < 0 ? nodes : nodes.slice(0, at);
  const element = collection === 'dict' ? lowerPair(source, head, span.start) : lowerFirst(source, head, span.start);
  const clauses = at < 0 ? [] : lowerClauses(source, nodes, at).clauses;
  return { kind: 'comprehension', ...span, element, clauses, collection };
}

/** `key: value` before a dict comprehension's `for`, as an object with one entry. */
function lowerPair(source: Source, nodes: readonly number[], offset: number): Expression {
  const [first, second] = nodes.filter((node) => isExpression(source, node));
  if (first === undefined) return missing(offset);
  const key = lowerExpression(source, first);
  if (second === undefined) return key;
  const value = lowerExpression(source, second);
  const span = { start: key.start, end: value.end };
  const property = { kind: 'property', ...span, key, value, isShorthand: false, isGetter: false } as const;
  return { kind: 'object', ...span, entries: [property] };
}

/** The clauses that start at `nodes[at]`, and the index after the last one. */
export function lowerClauses(
  source: Source,
  nodes: readonly number[],
  at: number,
): { clauses: ComprehensionClause[]; next: number } {
  const clauses: ComprehensionClause[] = [];
  let next = at;
  for (;;) {
    if (kindOf(source, nodes[next]) === 'async') next++;
    const start = nodes[next];
    if (start === undefined || kindOf(source, start) !== 'for') return { clauses, next };
    const targets: number[] = [];
    for (next++; next < nodes.length && !/^(?:in|for|if|[)\]}])$/.test(kindOf(source, nodes[next])); next++) {
      targets.push(nodes[next] ?? start);
    }
    const target = lowerTargets(source, targets, startOf(source, start));
    let iterable: Expression = missing(target.end);
    if (kindOf(source, nodes[next]) === 'in') {
      const node = nodes[++next];
      if (isExpression(source, node)) {
        iterable = lowerExpression(source, node);
        next++;
      }
    }
    const conditions: Expression[] = [];
    while (kindOf(source, nodes[next]) === 'if') {
      const node = nodes[++next];
      if (!isExpression(source, node)) continue;
      conditions.push(lowerExpression(source, node));
      next++;
    }
    clauses.push({ target, iterable, conditions });
  }
}
