/** Statements. One statement of the source can become several in the IR, or none, so each is pushed onto a list. */
import ts from 'typescript';
import type { Statement } from '../../ir/nodes.ts';
import { lowerCommonJsExport } from './commonjs.ts';
import { lowerBlock, lowerIf, lowerNamespace, lowerSwitch, lowerTry, lowerWith } from './control.ts';
import {
  declaredValues,
  lowerAlias,
  lowerClassDeclaration,
  lowerEnum,
  lowerFunctionDeclaration,
  lowerVariableStatement,
} from './declarations.ts';
import { lowerExpression } from './expressions.ts';
import { lowerFor, lowerForEach, lowerWhile } from './loops.ts';
import { lowerExportAssignment, lowerExportDeclaration, lowerImport, lowerImportEquals } from './modules.ts';
import { commaOperands, isAssignment } from './operators.ts';
import { isTooDeep, type Source, spanOf, startOf } from './source.ts';

const { SyntaxKind } = ts;

export function lowerStatements(source: Source, nodes: readonly ts.Statement[]): Statement[] {
  const statements: Statement[] = [];
  let values: Set<string> | null = null;
  for (const node of nodes) {
    if (node.kind === SyntaxKind.InterfaceDeclaration || node.kind === SyntaxKind.TypeAliasDeclaration) {
      values ??= declaredValues(nodes);
      lowerAlias(source, node as ts.InterfaceDeclaration | ts.TypeAliasDeclaration, values, statements);
    } else {
      lowerStatement(source, node, statements);
    }
  }
  return statements;
}

export function lowerStatement(source: Source, node: ts.Statement, out: Statement[]): void {
  const handler = HANDLERS[node.kind];
  if (handler === undefined || isTooDeep(source, node)) return;
  source.depth++;
  handler(source, node, out);
  source.depth--;
}

/** The statements of an arm: those of a block, or a single statement as a list. */
export function lowerArm(source: Source, node: ts.Statement): Statement[] {
  if (node.kind === SyntaxKind.Block) return lowerStatements(source, (node as ts.Block).statements);
  const statements: Statement[] = [];
  lowerStatement(source, node, statements);
  return statements;
}

export function lowerExpressionStatement(source: Source, node: ts.Expression, out: Statement[]): void {
  if (isAssignment(node)) {
    if (source.enclosing === 0 && lowerCommonJsExport(source, node, out)) return;
  } else if (node.kind === SyntaxKind.BinaryExpression) {
    const binary = node as ts.BinaryExpression;
    if (binary.operatorToken.kind === SyntaxKind.CommaToken) {
      for (const operand of commaOperands(binary)) lowerExpressionStatement(source, operand, out);
      return;
    }
  }
  // The parser makes up an expression where it finds none.
  const { start, end } = spanOf(source, node);
  const expression = lowerExpression(source, node);
  if (expression.kind === 'assignment') {
    const { target, value, operator } = expression;
    const isDeclaration = false;
    const how = { annotation: null, isDeclaration, isConstant: false, scope: 'function' } as const;
    out.push({ kind: 'declare', start, end, target, value, operator, ...how });
  } else {
    out.push({ kind: 'expression', start, end, expression });
  }
}

function lowerExit(source: Source, node: ts.ReturnStatement | ts.ThrowStatement, out: Statement[]): void {
  const start = startOf(source, node);
  const value = node.expression === undefined ? null : lowerExpression(source, node.expression);
  const exit = node.kind === SyntaxKind.ThrowStatement ? 'throw' : 'return';
  out.push({ kind: 'return', start, end: node.end, value, exit });
}

function lowerJump(source: Source, node: ts.BreakOrContinueStatement, out: Statement[]): void {
  const exit = node.kind === SyntaxKind.BreakStatement ? 'break' : 'continue';
  out.push({ kind: 'return', start: startOf(source, node), end: node.end, value: null, exit });
}

/** The handler for each kind of statement, indexed by kind. Interfaces and aliases need their siblings: see above. */
const HANDLERS: (StatementHandler | undefined)[] = [];
type StatementHandler = { handle(source: Source, node: ts.Node, out: Statement[]): void }['handle'];
function handle<Node extends ts.Node>(
  kinds: readonly ts.SyntaxKind[],
  handler: (source: Source, node: Node, out: Statement[]) => void,
) {
  for (const kind of kinds) HANDLERS[kind] = handler as StatementHandler;
}

handle([SyntaxKind.ExpressionStatement], (source, node: ts.ExpressionStatement, out) =>
  lowerExpressionStatement(source, node.expression, out),
);
handle([SyntaxKind.VariableStatement], lowerVariableStatement);
handle([SyntaxKind.FunctionDeclaration], lowerFunctionDeclaration);
handle([SyntaxKind.ClassDeclaration], lowerClassDeclaration);
handle([SyntaxKind.EnumDeclaration], lowerEnum);
handle([SyntaxKind.ModuleDeclaration], lowerNamespace);
handle([SyntaxKind.ImportDeclaration], lowerImport);
handle([SyntaxKind.ImportEqualsDeclaration], lowerImportEquals);
handle([SyntaxKind.ExportDeclaration], lowerExportDeclaration);
handle([SyntaxKind.ExportAssignment], lowerExportAssignment);
handle([SyntaxKind.IfStatement], lowerIf);
handle([SyntaxKind.SwitchStatement], lowerSwitch);
handle([SyntaxKind.TryStatement], lowerTry);
handle([SyntaxKind.Block], lowerBlock);
handle([SyntaxKind.ForStatement], lowerFor);
handle([SyntaxKind.ForOfStatement, SyntaxKind.ForInStatement], lowerForEach);
handle([SyntaxKind.WhileStatement, SyntaxKind.DoStatement], lowerWhile);
handle([SyntaxKind.ReturnStatement, SyntaxKind.ThrowStatement], lowerExit);
handle([SyntaxKind.BreakStatement, SyntaxKind.ContinueStatement], lowerJump);
handle([SyntaxKind.WithStatement], lowerWith);
handle([SyntaxKind.LabeledStatement], (source, node: ts.LabeledStatement, out) =>
  lowerStatement(source, node.statement, out),
);
