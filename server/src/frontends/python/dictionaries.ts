/** Dict literals. A key that is a plain string becomes a property name; any other key is an expression. */
import type { Expression, ObjectEntry, ObjectLiteral } from '../../ir/nodes.ts';
import { lowerExpression } from './expressions.ts';
import { childrenOf, endOf, isExpression, kindOf, missing, type Source, spanOf, startOf } from './source.ts';

export function lowerDictionary(source: Source, node: number): ObjectLiteral {
  const nodes = childrenOf(source, node);
  const entries: ObjectEntry[] = [];
  for (let at = 0; at < nodes.length; at++) {
    const child = nodes[at];
    if (!isExpression(source, child)) continue;
    const before = nodes[at - 1];
    const expression = lowerExpression(source, child);
    if (before !== undefined && kindOf(source, before) === '**') {
      entries.push({ kind: 'spread', start: startOf(source, before), end: expression.end, value: expression });
      continue;
    }
    const colon = nodes[at + 1];
    const valueNode = nodes[at + 2];
    let value: Expression = missing(colon === undefined ? expression.end : endOf(source, colon));
    if (kindOf(source, colon) === ':' && isExpression(source, valueNode)) {
      value = lowerExpression(source, valueNode);
      at += 2;
    }
    const key = expression.kind === 'string' && !expression.isBytes ? expression.value : expression;
    const end = Math.max(expression.end, value.end);
    entries.push({ kind: 'property', start: expression.start, end, key, value, isShorthand: false, isGetter: false });
  }
  return { kind: 'object', ...spanOf(source, node), entries };
}
