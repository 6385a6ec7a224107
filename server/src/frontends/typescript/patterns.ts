/** Targets of declarations, parameters and assignments. */
import ts from 'typescript';
import type { Expression, ObjectPatternEntry, Pattern } from '../../ir/nodes.ts';
import { lowerExpression } from './expressions.ts';
import { lowerKey } from './literals.ts';
import { nameOf } from './names.ts';
import { isAssignment } from './operators.ts';
import { isTooDeep, type Source, startOf } from './source.ts';

const { SyntaxKind } = ts;

/** Represents a computed key in a pattern: no property has this name. */
const COMPUTED = '[computed]';

/** The binding of a declaration; null if nothing is bound (a name that has not been typed yet). */
export function lowerBinding(source: Source, node: ts.BindingName): Pattern | null {
  const start = startOf(source, node);
  const { end } = node;
  if (node.kind === SyntaxKind.Identifier) {
    const name = nameOf(node);
    return name === '' ? null : { kind: 'name', start, end, name };
  }
  if (isTooDeep(source, node)) return null;
  source.depth++;
  const pattern: Pattern =
    node.kind === SyntaxKind.ObjectBindingPattern
      ? { kind: 'objectPattern', start, end, entries: lowerBindingEntries(source, node) }
      : lowerArrayBinding(source, node, start);
  source.depth--;
  return pattern;
}

function lowerBindingEntries(source: Source, node: ts.ObjectBindingPattern): ObjectPatternEntry[] {
  const entries: ObjectPatternEntry[] = [];
  for (const element of node.elements) {
    const target = lowerBinding(source, element.name);
    if (target === null) continue;
    const name = target.kind === 'name' ? target.name : COMPUTED;
    const key = element.dotDotDotToken ? null : element.propertyName ? keyOf(source, element.propertyName) : name;
    entries.push({ key, target, default: lowerDefault(source, element.initializer) });
  }
  return entries;
}

function lowerArrayBinding(source: Source, node: ts.ArrayBindingPattern, start: number): Pattern {
  const items: (Pattern | null)[] = [];
  let restIndex = -1;
  for (const element of node.elements) {
    if (element.kind === SyntaxKind.OmittedExpression) {
      items.push(null);
      continue;
    }
    if (element.dotDotDotToken) restIndex = items.length;
    items.push(lowerBinding(source, element.name));
  }
  return { kind: 'arrayPattern', start, end: node.end, items, restIndex };
}

/** The target of an assignment; null if the expression cannot be assigned to. */
export function lowerTarget(source: Source, node: ts.Expression): Pattern | null {
  if (node.kind === SyntaxKind.ObjectLiteralExpression && !isTooDeep(source, node)) {
    source.depth++;
    const entries = lowerTargetEntries(source, node as ts.ObjectLiteralExpression);
    source.depth--;
    return { kind: 'objectPattern', start: startOf(source, node), end: node.end, entries };
  }
  if (node.kind === SyntaxKind.ArrayLiteralExpression && !isTooDeep(source, node)) {
    source.depth++;
    const pattern = lowerArrayTarget(source, node as ts.ArrayLiteralExpression);
    source.depth--;
    return pattern;
  }
  const lowered = lowerExpression(source, node);
  return lowered.kind === 'name' || lowered.kind === 'member' || lowered.kind === 'index' ? lowered : null;
}

function lowerTargetEntries(source: Source, node: ts.ObjectLiteralExpression): ObjectPatternEntry[] {
  const entries: ObjectPatternEntry[] = [];
  for (const property of node.properties) {
    if (property.kind === SyntaxKind.ShorthandPropertyAssignment) {
      const target = lowerTarget(source, property.name);
      if (target === null) continue;
      const fallback = lowerDefault(source, property.objectAssignmentInitializer);
      entries.push({ key: nameOf(property.name), target, default: fallback });
    } else if (property.kind === SyntaxKind.PropertyAssignment) {
      const { initializer } = property;
      const hasDefault = isAssignment(initializer);
      const target = lowerTarget(source, hasDefault ? initializer.left : initializer);
      if (target === null) continue;
      const fallback = lowerDefault(source, hasDefault ? initializer.right : undefined);
      entries.push({ key: keyOf(source, property.name), target, default: fallback });
    } else if (property.kind === SyntaxKind.SpreadAssignment) {
      const target = lowerTarget(source, property.expression);
      if (target !== null) entries.push({ key: null, target, default: null });
    }
  }
  return entries;
}

function lowerArrayTarget(source: Source, node: ts.ArrayLiteralExpression): Pattern {
  const start = startOf(source, node);
  const items: (Pattern | null)[] = [];
  let restIndex = -1;
  for (const element of node.elements) {
    if (element.kind === SyntaxKind.SpreadElement) {
      restIndex = items.length;
      items.push(lowerTarget(source, (element as ts.SpreadElement).expression));
    } else if (element.kind === SyntaxKind.OmittedExpression) {
      items.push(null);
    } else {
      items.push(lowerTarget(source, isAssignment(element) ? element.left : element));
    }
  }
  return { kind: 'arrayPattern', start, end: node.end, items, restIndex };
}

function lowerDefault(source: Source, node: ts.Expression | undefined): Expression | null {
  return node === undefined ? null : lowerExpression(source, node);
}

function keyOf(source: Source, name: ts.PropertyName): string {
  const key = lowerKey(source, name);
  return typeof key === 'string' ? key : COMPUTED;
}

/** Every name that the pattern binds, in order. */
export function boundNames(pattern: Pattern, names: string[] = []): string[] {
  switch (pattern.kind) {
    case 'name':
      names.push(pattern.name);
      break;
    case 'objectPattern':
      for (const entry of pattern.entries) boundNames(entry.target, names);
      break;
    case 'arrayPattern':
      for (const item of pattern.items) if (item !== null) boundNames(item, names);
      break;
  }
  return names;
}
