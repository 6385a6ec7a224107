/** Chains of operators that are too long for a tree: every reader of the IR recurses. */
import type { Expression, Logical, Opaque, Span, TemplatePart } from './nodes.ts';

/** Operands up to which a chain is a tree that leans to the left, as grammars have it. */
export const LONGEST_TREE = 100;

/**
 * `||`, `&&` and `??` are associative, so that a balanced tree means the same; a sum with text in it is a template; anything
 * else is opaque. `operator` is null where the chain has several.
 */
export function longChain(span: Span, operands: readonly Expression[], operator: string | null): Expression {
  if (operator !== null && isLogicalOperator(operator)) return balanced(operands, operator, 0, operands.length);
  if (operator !== '+' || !operands.some(isText)) return opaque(span, operands);
  const parts: TemplatePart[] = [];
  for (const operand of operands) {
    if (operand.kind === 'template') for (const part of operand.parts) parts.push(part);
    else if (operand.kind !== 'string')
      parts.push({ kind: 'hole', start: operand.start, end: operand.end, expression: operand });
    else parts.push({ kind: 'text', start: operand.start, end: operand.end, value: operand.value });
  }
  return { kind: 'template', ...span, parts };
}

export function isLogicalOperator(operator: string): operator is Logical['operator'] {
  return operator === '||' || operator === '&&' || operator === '??';
}

function isText(node: Expression): boolean {
  return node.kind === 'string' || node.kind === 'template';
}

function balanced(
  operands: readonly Expression[],
  operator: Logical['operator'],
  from: number,
  to: number,
): Expression {
  if (to - from === 1) return operands[from] as Expression;
  const middle = (from + to) >> 1;
  const left = balanced(operands, operator, from, middle);
  const right = balanced(operands, operator, middle, to);
  return { kind: 'logical', start: left.start, end: right.end, operator, left, right };
}

function opaque({ start, end }: Span, children: readonly Expression[]): Opaque {
  return { kind: 'opaque', start, end: Math.max(start, end), children };
}
