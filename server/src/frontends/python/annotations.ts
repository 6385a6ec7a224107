/** Type annotations. An annotation written as a string is parsed as an expression. */
import type { Expression, StringLiteral } from '../../ir/nodes.ts';
import { lowerExpression } from './expressions.ts';
import { childrenOf, isExpression, newSource, type Source, textOf } from './source.ts';
import { parseTree } from './tree.ts';

/** Longer strings in an annotation are documentation, not types. */
const MAXIMUM_LENGTH = 200;

/** The expression of a `TypeDef` (`: X` or `-> X`); null if it has not been typed yet. */
export function lowerAnnotation(source: Source, node: number): Expression | null {
  const expression = childrenOf(source, node).find((child) => isExpression(source, child));
  if (expression === undefined) return null;
  const wasAnnotation = source.isAnnotation;
  source.isAnnotation = true;
  const result = lowerExpression(source, expression);
  source.isAnnotation = wasAnnotation;
  return result;
}

/** `"OpenAI"` and `"Optional[openai.OpenAI]"` as the expressions in them, at their own offsets. */
export function lowerAnnotationString(source: Source, string: StringLiteral): Expression {
  const written = source.text.slice(string.start, string.end);
  const open = /^(["'])(?!\1)/.exec(written);
  const inside = written.slice(1, -1);
  if (open === null || inside !== string.value || inside.length > MAXIMUM_LENGTH || inside.trim() !== inside)
    return string;
  const tree = parseTree(inside, string.start + 1);
  if (tree.firstError !== null) return string;
  const inner: Source = { ...newSource(source.text, tree), depth: source.depth + 1, isAnnotation: true };
  const statement = childrenOf(inner, 0);
  const [expression] = statement.length === 1 && statement[0] !== undefined ? childrenOf(inner, statement[0]) : [];
  if (!isExpression(inner, expression) || textOf(inner, expression) !== inside) return string;
  return lowerExpression(inner, expression);
}
