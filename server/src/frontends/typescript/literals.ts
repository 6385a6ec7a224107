/** Strings, templates, objects and arrays. */
import ts from 'typescript';
import type { Expression, ObjectEntry, SpreadEntry, StringLiteral, TemplatePart } from '../../ir/nodes.ts';
import { lowerExpression, lowerNamed } from './expressions.ts';
import { lowerFunction } from './functions.ts';
import { nameOf, textOf } from './names.ts';
import { type Source, startOf } from './source.ts';

const { SyntaxKind } = ts;
const { SpreadElement, OmittedExpression } = SyntaxKind;

export function lowerString(source: Source, node: ts.StringLiteralLike): StringLiteral {
  return { kind: 'string', start: startOf(source, node), end: node.end, value: node.text, isBytes: false };
}

export function lowerTemplate(source: Source, node: ts.TemplateExpression): Expression {
  const start = startOf(source, node);
  const parts: TemplatePart[] = [];
  pushText(source, node.head, 2, parts);
  for (const { expression, literal } of node.templateSpans) {
    const lowered = lowerExpression(source, expression);
    parts.push({ kind: 'hole', start: lowered.start, end: lowered.end, expression: lowered });
    pushText(source, literal, literal.kind === SyntaxKind.TemplateMiddle ? 2 : 1, parts);
  }
  return { kind: 'template', start, end: node.end, parts };
}

/** The span of the text between the marks; an unclosed template has no mark at its end. */
function pushText(source: Source, literal: ts.TemplateLiteralToken, endMark: number, parts: TemplatePart[]): void {
  if (literal.text === '') return;
  const start = startOf(source, literal) + 1;
  const end = literal.isUnterminated ? literal.end : literal.end - endMark;
  parts.push({ kind: 'text', start: Math.min(start, literal.end), end: Math.max(start, end), value: literal.text });
}

export function lowerArray(source: Source, node: ts.ArrayLiteralExpression): Expression {
  const start = startOf(source, node);
  const items: (Expression | SpreadEntry)[] = [];
  for (const element of node.elements) {
    if (element.kind === SpreadElement) {
      const from = startOf(source, element);
      const value = lowerExpression(source, (element as ts.SpreadElement).expression);
      items.push({ kind: 'spread', start: from, end: element.end, value });
    } else if (element.kind === OmittedExpression) {
      items.push({ kind: 'null', start: element.end, end: element.end });
    } else {
      items.push(lowerExpression(source, element));
    }
  }
  return { kind: 'array', start, end: node.end, items };
}

export function lowerObject(source: Source, node: ts.ObjectLiteralExpression): Expression {
  const start = startOf(source, node);
  const entries: ObjectEntry[] = [];
  for (const property of node.properties) {
    const entry = lowerEntry(source, property);
    if (entry !== null) entries.push(entry);
  }
  return { kind: 'object', start, end: node.end, entries };
}

function lowerEntry(source: Source, node: ts.ObjectLiteralElementLike): ObjectEntry | null {
  const start = startOf(source, node);
  const { end } = node;
  switch (node.kind) {
    case SyntaxKind.PropertyAssignment: {
      const key = lowerKey(source, node.name);
      const value = lowerNamed(source, node.initializer, typeof key === 'string' ? key : null);
      return { kind: 'property', start, end, key, value, isShorthand: false, isGetter: false };
    }
    case SyntaxKind.ShorthandPropertyAssignment: {
      const key = nameOf(node.name);
      const value = lowerExpression(source, node.name);
      if (key === '') return null;
      return { kind: 'property', start, end, key, value, isShorthand: true, isGetter: false };
    }
    case SyntaxKind.SpreadAssignment:
      return { kind: 'spread', start, end, value: lowerExpression(source, node.expression) };
    case SyntaxKind.MethodDeclaration:
    case SyntaxKind.GetAccessor:
    case SyntaxKind.SetAccessor: {
      const key = lowerKey(source, node.name);
      const name = typeof key === 'string' ? key : null;
      const value = lowerFunction(source, node, name);
      const isGetter = node.kind === SyntaxKind.GetAccessor;
      const isSetter = node.kind === SyntaxKind.SetAccessor;
      return { kind: 'property', start, end, key: isSetter ? `set ${name}` : key, value, isShorthand: false, isGetter };
    }
    default:
      return null;
  }
}

/** A name if the source gives one, or the expression of a computed key. */
export function lowerKey(source: Source, name: ts.PropertyName): string | Expression {
  if (name.kind !== SyntaxKind.ComputedPropertyName) return textOf(name);
  const { expression } = name;
  if (ts.isStringLiteralLike(expression) || ts.isNumericLiteral(expression)) return expression.text;
  return lowerExpression(source, expression);
}
