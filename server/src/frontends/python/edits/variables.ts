/** Variables that an edit can follow to their literal: they have only one use, so the change affects nothing else. */
import { firstIndex } from '../../../edits/first-index.ts';
import { oncePerTree } from '../../once.ts';
import { childOfKind, childrenOf, isExpression, kindOf, type Source, textOf } from '../source.ts';
import type { SyntaxTree } from '../tree.ts';

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
export function parentsOf({ tree }: Source, node: number): readonly number[] {
  const parents = parentOfEach(tree);
  const found: number[] = [];
  for (let at = parents[node] ?? NONE; at !== NONE; at = parents[at] ?? NONE) found.push(at);
  return found;
}

const NONE = -1;

/** The parent of each node; that of the module is `NONE`. */
const parentOfEach = oncePerTree(({ end }: SyntaxTree): Int32Array => {
  const parents = new Int32Array(end.length).fill(NONE);
  let parent = NONE;
  for (let node = 0; node < end.length; node++) {
    while (parent !== NONE && (end[parent] ?? 0) <= node) parent = parents[parent] ?? NONE;
    parents[node] = parent;
    parent = node;
  }
  return parents;
});

/** Every place in `scope` that mentions or binds a variable of this name; names of arguments do not count. */
export function mentionsOf(source: Source, scope: number, name: string): readonly Mention[] {
  const all = namesIn(source.tree, source).get(name) ?? [];
  const first = firstIndex(all, (node) => node >= scope);
  const end = source.tree.end[scope] ?? scope;
  return all
    .slice(
      first,
      firstIndex(all, (node) => node >= end),
    )
    .flatMap((node) => {
      // A name that is looked at alone has no other parent there.
      const parent = node === scope ? scope : (parentOfEach(source.tree)[node] ?? scope);
      return isArgumentName(source, node, parent) ? [] : [{ node, parent }];
    });
}

/** The nodes that are names, in the order of the text. */
const namesIn = oncePerTree((tree: SyntaxTree, source: Source): ReadonlyMap<string, readonly number[]> => {
  const found = new Map<string, number[]>();
  for (const [node, kind] of tree.name.entries()) {
    if (kind !== 'VariableName') continue;
    const name = textOf(source, node);
    const known = found.get(name);
    if (known) known.push(node);
    else found.set(name, [node]);
  }
  return found;
});

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
