/** What a name is known to hold, judging only by its declaration. */
import ts from 'typescript';
import { nameOf } from '../names.ts';
import { ancestorsOf, bare, mentionsOf } from './variables.ts';

/**
 * `texts` for an array of strings, `array` for an array of anything, by the annotation or literal in its declaration;
 * null for everything else.
 */
export function knownArray(file: ts.SourceFile, list: ts.Expression): 'texts' | 'array' | null {
  const expression = bare(list);
  if (ts.isArrayLiteralExpression(expression)) return ofLiteral(expression);
  if (!ts.isIdentifier(expression)) return null;
  for (const scope of ancestorsOf(file, expression).reverse()) {
    const declarations = mentionsOf(scope, nameOf(expression)).flatMap(({ node, parent }) =>
      (ts.isParameter(parent) || ts.isVariableDeclaration(parent)) && parent.name === node ? [parent] : [],
    );
    if (declarations.length === 0) continue;
    const [declaration] = declarations;
    if (declaration === undefined || declarations.length > 1) return null;
    if (declaration.type !== undefined) return ofType(declaration.type);
    const { initializer } = declaration;
    return initializer !== undefined &&
      ts.isArrayLiteralExpression(bare(initializer)) &&
      ts.isVariableDeclaration(declaration)
      ? ofLiteral(bare(initializer) as ts.ArrayLiteralExpression)
      : null;
  }
  return null;
}

function ofLiteral({ elements }: ts.ArrayLiteralExpression): 'texts' | 'array' {
  const areTexts = elements.length > 0 && elements.every((element) => ts.isStringLiteralLike(bare(element)));
  return areTexts ? 'texts' : 'array';
}

function ofType(type: ts.TypeNode): 'texts' | 'array' | null {
  const inner = ts.isTypeOperatorNode(type) ? type.type : type;
  if (ts.isArrayTypeNode(inner)) return isText(inner.elementType) ? 'texts' : 'array';
  if (!ts.isTypeReferenceNode(inner) || !ts.isIdentifier(inner.typeName)) return null;
  if (!/^(?:Readonly)?Array$/.test(nameOf(inner.typeName))) return null;
  const [element] = inner.typeArguments ?? [];
  return element !== undefined && isText(element) ? 'texts' : 'array';
}

function isText(type: ts.TypeNode): boolean {
  return type.kind === ts.SyntaxKind.StringKeyword;
}
