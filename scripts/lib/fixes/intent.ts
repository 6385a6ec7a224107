/** Whether what changed in a syntax tree is what a fix's operations say, and nothing else. */
import type { Literal, Operation } from '../../../server/src/edits/fix.ts';
import { flat, isEntry, isLiteral, isRearranged, type Tree } from './tree.ts';
import type { Change } from './tree-changes.ts';

/** What is wrong, in words; empty where each change is one of an operation's and each operation made one. */
export function unintended(changes: readonly Change[], operations: readonly Operation[]): readonly string[] {
  const strangers = changes.filter((change) => !operations.some((operation) => isOf(change, operation)));
  const idle = operations.filter((operation) => !changes.some((change) => isOf(change, operation)));
  // A loop that goes is several changes.
  const isRepeated = changes.length > operations.length && operations.every(({ kind }) => kind !== 'embed-together');
  return [
    ...(isRepeated ? ['it changed something more than once'] : []),
    ...strangers.map((change) => `it also changed ${shown(change.before)} into ${shown(change.after)}`),
    ...idle.map((operation) => `it did not ${operation.kind}`),
  ];
}

function isOf({ before, after, around }: Change, operation: Operation): boolean {
  switch (operation.kind) {
    case 'set':
      return after !== null && isSetting(before, after, operation.target.path, operation.value);
    case 'wrap':
      return before !== null && after !== null && isLiteral(after, operation.value, before);
    case 'append':
      return before === null && after !== null && around.at(-1)?.kind === 'array' && isLiteral(after, operation.value);
    case 'rename':
      return (
        before?.kind === 'entry' &&
        before.text === operation.target.path.at(-1) &&
        after !== null &&
        isEntry(after, operation.name)
      );
    case 'replace-text':
      return before?.kind === 'string' && after !== null && isLiteral(after, operation.value);
    case 'move-line':
      return before !== null && after !== null && isRearranged(before, after);
    case 'embed-together':
      return isShorter(before, after);
  }
}

/** The parameter is new, in as many objects as were missing, or its value is. */
function isSetting(before: Tree | null, after: Tree, path: readonly (string | number)[], value: Literal): boolean {
  if (before !== null) return isLiteral(after, value) || isEqualEntry(after, path, value);
  return path.some((_, index) => isNested(after, path.slice(index), value));
}

function isEqualEntry(after: Tree, path: readonly (string | number)[], value: Literal): boolean {
  return isNested(after, path.slice(-1), value);
}

function isNested(tree: Tree, [first, ...rest]: readonly (string | number)[], value: Literal): boolean {
  const inner = rest.reduceRight<Literal>((nested, step) => ({ [step]: nested }), value);
  if (typeof first === 'number') return isLiteral(tree, inner);
  // An argument that is a whole object of options.
  if (tree.kind === 'object') return isLiteral(tree, { [first as string]: inner });
  return isEntry(tree, first as string) && isLiteral(tree.children[0] as Tree, inner);
}

/** A loop is gone, or what stands in its place does not repeat. */
function isShorter(before: Tree | null, after: Tree | null): boolean {
  return (before === null ? 0 : loopsIn(before)) >= (after === null ? 0 : loopsIn(after));
}

function loopsIn(tree: Tree): number {
  const isLoop = /^(?:For|AsyncFor|While|ForOfStatement)$/.test(tree.kind);
  return tree.children.reduce((sum, child) => sum + loopsIn(child), isLoop ? 1 : 0);
}

function shown(tree: Tree | null): string {
  if (tree === null) return 'nothing';
  const text = [...flat(tree)].slice(0, 40).join('');
  return `${tree.kind} "${text}"`;
}
