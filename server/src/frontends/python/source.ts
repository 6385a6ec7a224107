/** The state that the lowering functions share: the text, its tree, and the current depth. */
import type { Expression, Opaque, Span } from '../../ir/nodes.ts';
import { children, type SyntaxTree } from './tree.ts';

/** Deeper nesting is flattened: CPython itself refuses 200 brackets and 100 levels of indentation. */
export const MAXIMUM_DEPTH = 200;

/** The function, class or module whose body is being lowered. */
export interface Scope {
  readonly kind: 'module' | 'class' | 'function';
  /** Names that a `global` or `nonlocal` statement of this scope refers to. */
  readonly outerNames: Set<string>;
  hasYield: boolean;
}

export interface Source {
  /** The module's text; a node's offsets index it. */
  readonly text: string;
  readonly tree: SyntaxTree;
  scope: Scope;
  depth: number;
  /** True while a subtree that is too deep is being reduced to a list of its calls. */
  isFlat: boolean;
  /** True inside a type annotation, where strings are expressions. */
  isAnnotation: boolean;
}

export function newScope(kind: Scope['kind']): Scope {
  return { kind, outerNames: new Set(), hasYield: false };
}

export function newSource(text: string, tree: SyntaxTree): Source {
  return { text, tree, scope: newScope('module'), depth: 0, isFlat: false, isAnnotation: false };
}

export function kindOf(source: Source, node: number | undefined): string {
  return node === undefined ? '' : (source.tree.name[node] ?? '');
}

export function startOf(source: Source, node: number): number {
  return source.tree.from[node] ?? 0;
}

/** The end of `node` without the line breaks that a block's node includes. */
export function endOf(source: Source, node: number): number {
  const start = startOf(source, node);
  let end = source.tree.to[node] ?? start;
  while (end > start && source.text.charCodeAt(end - 1) <= 32) end--;
  return end;
}

export function spanOf(source: Source, node: number): Span {
  return { start: startOf(source, node), end: endOf(source, node) };
}

export function textOf(source: Source, node: number): string {
  return source.text.slice(startOf(source, node), endOf(source, node));
}

export function childrenOf(source: Source, node: number): number[] {
  return children(source.tree, node);
}

export function childOfKind(source: Source, node: number, kind: string): number | undefined {
  return childrenOf(source, node).find((child) => kindOf(source, child) === kind);
}

export function opaque(span: Span, inside: readonly Expression[] = []): Opaque {
  return { kind: 'opaque', start: span.start, end: span.end, children: inside };
}

/** A placeholder for an expression that has not been typed yet. */
export function missing(offset: number): Opaque {
  return opaque({ start: offset, end: offset });
}

const EXPRESSIONS: ReadonlySet<string> = new Set([
  'ArrayComprehensionExpression',
  'ArrayExpression',
  'AwaitExpression',
  'BinaryExpression',
  'Boolean',
  'CallExpression',
  'ComprehensionExpression',
  'ConditionalExpression',
  'ContinuedString',
  'DictionaryComprehensionExpression',
  'DictionaryExpression',
  'Ellipsis',
  'FormatString',
  'LambdaExpression',
  'MemberExpression',
  'NamedExpression',
  'None',
  'Number',
  'ParenthesizedExpression',
  'SetComprehensionExpression',
  'SetExpression',
  'String',
  'TupleExpression',
  'UnaryExpression',
  'VariableName',
  'YieldExpression',
]);

export function isExpression(source: Source, node: number | undefined): node is number {
  return EXPRESSIONS.has(kindOf(source, node));
}
