/**
 * Syntax trees of any language in one plain shape, for the judges of fixes: what the fixes were made with has no part in
 * them. Literals have the same kinds in every language: `string`, `number`, `word` (true, null), `object` with `entry`,
 * `array`, and `text` for one with holes; every other kind is the parser's own name for it.
 */
import { type Literal, SAME } from '../../../server/src/edits/fix.ts';

export interface Tree {
  readonly kind: string;
  /** What tells two nodes of a kind apart besides their children: a name, an operator, a literal's value. */
  readonly text: string;
  readonly children: readonly Tree[];
}

/** What an independent parser says of a text. */
export interface Parsed {
  readonly tree: Tree;
  /** The parser's own words; null where it takes the text. */
  readonly error: string | null;
  /** In the order of the text. */
  readonly comments: readonly string[];
}

export function isEqual(a: Tree, b: Tree): boolean {
  return (
    a.kind === b.kind &&
    a.text === b.text &&
    a.children.length === b.children.length &&
    a.children.every((child, index) => isEqual(child, b.children[index] as Tree))
  );
}

/** True where the tree is this literal; `SAME` in it stands for `same`. */
export function isLiteral(tree: Tree, value: Literal, same: Tree | null = null): boolean {
  if (value === SAME) return same !== null && isEqual(tree, same);
  if (typeof value === 'string') return tree.kind === 'string' && tree.text === value;
  if (typeof value === 'number') return tree.kind === 'number' && Number(tree.text) === value;
  if (typeof value === 'boolean' || value === null) return tree.kind === 'word' && tree.text === String(value);
  const items = isList(value) ? value.map((item) => [null, item] as const) : Object.entries(value);
  if (tree.kind !== (isList(value) ? 'array' : 'object') || tree.children.length !== items.length) return false;
  return tree.children.every((child, index) => {
    const [name, item] = items[index] as readonly [string | null, Literal];
    if (name === null) return isLiteral(child, item, same);
    return isEntry(child, name) && isLiteral(child.children[0] as Tree, item, same);
  });
}

export function isEntry(tree: Tree, name: string): boolean {
  return tree.kind === 'entry' && tree.text === name && tree.children.length === 1;
}

/** Everything that is written in the tree. */
export function flat(tree: Tree): string {
  return `${tree.text}${tree.children.map(flat).join('')}`;
}

/** Texts with the same holes and the same characters, but for their order. */
export function isRearranged(before: Tree, after: Tree): boolean {
  const sorted = (tree: Tree): string => [...flat(tree)].sort().join('');
  return before.kind === 'text' && after.kind === 'text' && sorted(before) === sorted(after);
}

function isList(value: Literal): value is readonly Literal[] {
  return Array.isArray(value);
}
