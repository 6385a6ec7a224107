/** Variables that an edit can follow to their literal: they have only one use, so the change affects nothing else. */
import { childOfKind, childrenOf, isExpression, kindOf, type Source, textOf } from '../source.ts';

/**
 * The expression that the variable at `use` is bound to. Null unless exactly one plain assignment in its function (or
 * module) binds it, and only this use and accesses to its members mention it there.
 */
export function literalOf(source: Source, use: number): number | null {
  const name = textOf(source, use);
  for (const scope of scopesAround(source, use)) {
    const mentions = mentionsOf(source, scope, name);
    const [assigned, ...others] = mentions.flatMap(({ node, parent }) => {
      const value = kindOf(source, parent) === 'AssignStatement' ? assignedValue(source, parent, node) : null;
      return value === null ? [] : [{ node, value }];
    });
    if (assigned === undefined) {
      if (mentions.some(({ parent }) => BINDING.has(kindOf(source, parent)))) return null;
      continue;
    }
    if (others.length > 0) return null;
    const isAlone = mentions.every(
      ({ node, parent }) => node === use || node === assigned.node || isAccess(source, node, parent),
    );
    return isAlone ? assigned.value : null;
  }
  return null;
}

const BINDING: ReadonlySet<string> = new Set(['ParamList', 'ForStatement', 'WithStatement', 'ImportStatement']);

interface Mention {
  readonly node: number;
  readonly parent: number;
}

/** The functions around a node, innermost first, and the module. */
function scopesAround(source: Source, node: number): readonly number[] {
  return parentsOf(source, node).filter((at) => at === 0 || kindOf(source, at) === 'FunctionDefinition');
}

/** The nodes around a node, innermost first; the module is the last. */
export function parentsOf(source: Source, node: number): readonly number[] {
  const parents: number[] = [];
  for (let at = 0; at < node; at++) if ((source.tree.end[at] ?? 0) > node) parents.unshift(at);
  return parents;
}

/** Every place in `scope` that mentions or binds a variable of this name; names of arguments do not count. */
export function mentionsOf(source: Source, scope: number, name: string): readonly Mention[] {
  const found: Mention[] = [];
  const parents: number[] = [];
  const end = source.tree.end[scope] ?? scope;
  for (let node = scope; node < end; node++) {
    while (parents.length > 0 && (source.tree.end[parents.at(-1) as number] ?? 0) <= node) parents.pop();
    const parent = parents.at(-1) ?? scope;
    if (kindOf(source, node) === 'VariableName' && textOf(source, node) === name) {
      if (!isArgumentName(source, node, parent)) found.push({ node, parent });
    }
    parents.push(node);
  }
  return found;
}

function isArgumentName(source: Source, node: number, parent: number): boolean {
  if (kindOf(source, parent) !== 'ArgList') return false;
  const children = childrenOf(source, parent);
  return kindOf(source, children[children.indexOf(node) + 1]) === 'AssignOp';
}

/** The value of `name = value` and `name: T = value`, where `node` is the name. */
function assignedValue(source: Source, assignment: number, node: number): number | null {
  const children = childrenOf(source, assignment);
  if (children[0] !== node) return null;
  const signs = children.filter((child) => kindOf(source, child) === 'AssignOp');
  const sign = childOfKind(source, assignment, 'AssignOp');
  const value = sign === undefined ? undefined : children[children.indexOf(sign) + 1];
  const isPlain = signs.length === 1 && value !== undefined && value === children.at(-1);
  return isPlain && isExpression(source, value) ? value : null;
}

function isAccess(source: Source, node: number, parent: number): boolean {
  return kindOf(source, parent) === 'MemberExpression' && childrenOf(source, parent)[0] === node;
}
