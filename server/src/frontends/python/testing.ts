/** Helpers for the tests in this folder. */
import type { Expression, ModuleNode } from '../../ir/nodes.ts';
import { printExpression, printModule } from '../../ir/print.ts';
import { python } from './python.ts';

export function lower(code: string): ModuleNode {
  return python.lower(code, 'module.py');
}

/** The module as S-expressions. */
export function print(code: string): string {
  return printModule(lower(code));
}

/** The first statement's expression. */
export function expressionOf(code: string): Expression {
  const [statement] = lower(code).body;
  if (statement?.kind !== 'expression') throw new Error(`not an expression: ${code}`);
  return statement.expression;
}

export function printed(code: string): string {
  return printExpression(expressionOf(code));
}
