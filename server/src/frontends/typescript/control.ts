/** Branches and blocks. */
import ts from 'typescript';
import type { Expression, Statement } from '../../ir/nodes.ts';
import { lowerVariables } from './declarations.ts';
import { lowerExpression } from './expressions.ts';
import { hasModifier } from './functions.ts';
import { type Source, spanOf, startOf } from './source.ts';
import { lowerArm, lowerExpressionStatement, lowerStatement, lowerStatements } from './statements.ts';

const { SyntaxKind } = ts;

/** `else if` continues the same branch, so long ladders do not nest. */
export function lowerIf(source: Source, node: ts.IfStatement, out: Statement[]): void {
  const start = startOf(source, node);
  const tests: Expression[] = [];
  const alternatives: Statement[][] = [];
  let arm: ts.Statement | undefined = node;
  while (arm !== undefined && arm.kind === SyntaxKind.IfStatement) {
    const step: ts.IfStatement = arm as ts.IfStatement;
    tests.push(lowerExpression(source, step.expression));
    alternatives.push(lowerArm(source, step.thenStatement));
    arm = step.elseStatement;
  }
  if (arm !== undefined) alternatives.push(lowerArm(source, arm));
  out.push({
    kind: 'branch',
    origin: 'if',
    start,
    end: node.end,
    tests,
    alternatives,
    isExhaustive: arm !== undefined,
  });
}

/** Clauses without statements fall through to the next one; a clause's final `break` only ends the clause. */
export function lowerSwitch(source: Source, node: ts.SwitchStatement, out: Statement[]): void {
  const start = startOf(source, node);
  const tests = [lowerExpression(source, node.expression)];
  const alternatives: Statement[][] = [];
  let isExhaustive = false;
  const { clauses } = node.caseBlock;
  for (let index = 0; index < clauses.length; index++) {
    const clause = clauses[index] as ts.CaseOrDefaultClause;
    if (clause.kind === SyntaxKind.DefaultClause) isExhaustive = true;
    else tests.push(lowerExpression(source, clause.expression));
    if (clause.statements.length === 0 && index < clauses.length - 1) continue;
    const statements = lowerStatements(source, clause.statements);
    const last = statements[statements.length - 1];
    if (last?.kind === 'return' && last.exit === 'break') statements.pop();
    alternatives.push(statements);
  }
  out.push({ kind: 'branch', origin: 'switch', start, end: node.end, tests, alternatives, isExhaustive });
}

/** The body and the handler are alternatives; without a handler the body simply runs. */
export function lowerTry(source: Source, node: ts.TryStatement, out: Statement[]): void {
  const start = startOf(source, node);
  const { tryBlock, catchClause, finallyBlock } = node;
  if (catchClause === undefined) {
    lowerBlock(source, tryBlock, out);
  } else {
    const body = lowerStatements(source, tryBlock.statements);
    const handler: Statement[] = [];
    const variable = catchClause.variableDeclaration;
    if (variable !== undefined) lowerVariables(source, [variable], ts.NodeFlags.Let, handler);
    for (const statement of lowerStatements(source, catchClause.block.statements)) handler.push(statement);
    const { end } = catchClause;
    out.push({
      kind: 'branch',
      origin: 'try',
      start,
      end,
      tests: [],
      alternatives: [body, handler],
      isExhaustive: true,
    });
  }
  if (finallyBlock !== undefined) lowerBlock(source, finallyBlock, out);
}

export function lowerBlock(source: Source, node: ts.Block, out: Statement[]): void {
  const { start, end } = spanOf(source, node);
  out.push({ kind: 'block', start, end, body: lowerStatements(source, node.statements) });
}

/**
 * `namespace X { ... }` is a block; its exports are not exports of the module. Ambient namespaces declare nothing that
 * runs.
 */
export function lowerNamespace(source: Source, node: ts.ModuleDeclaration, out: Statement[]): void {
  if (hasModifier(node, SyntaxKind.DeclareKeyword)) return;
  if (node.body === undefined || node.name.kind !== SyntaxKind.Identifier) return;
  source.enclosing++;
  const start = startOf(source, node);
  const body: Statement[] = [];
  if (node.body.kind === SyntaxKind.ModuleDeclaration) {
    lowerStatement(source, node.body as ts.ModuleDeclaration, body);
  } else if (node.body.kind === SyntaxKind.ModuleBlock) {
    for (const statement of lowerStatements(source, (node.body as ts.ModuleBlock).statements)) body.push(statement);
  }
  source.enclosing--;
  out.push({ kind: 'block', start, end: node.end, body });
}

/** `with (object) { ... }` in old scripts is lowered to its body, although it changes how names resolve. */
export function lowerWith(source: Source, node: ts.WithStatement, out: Statement[]): void {
  lowerExpressionStatement(source, node.expression, out);
  for (const statement of lowerArm(source, node.statement)) out.push(statement);
}
