/** UTF-16 units of a text whose tree is only kept for edits: beside all that an analysis remembers, it is too much. */
export const LARGE_TEXT = 500_000;

const releases: (() => void)[] = [];

/** Lets go of all trees that are kept. */
export function releaseTrees(): void {
  for (const release of releases) release();
}

/**
 * `parse`, but the last tree is kept: after an analysis, the fixes of a file are tried one after the other. Only one is
 * kept, because a tree takes many times the memory of its text. The tree must not be changed. `path` is for languages
 * in which it decides the dialect.
 */
export function keepLast<Tree>(parse: (text: string, path: string) => Tree): (text: string, path?: string) => Tree {
  let last: { readonly text: string; readonly path: string; readonly tree: Tree } | null = null;
  releases.push(() => {
    last = null;
  });
  return (text, path = '') => {
    if (last?.path === path && last.text === text) return last.tree;
    // Released first, so that two trees are never in memory.
    last = null;
    const tree = parse(text, path);
    last = { text, path, tree };
    return tree;
  };
}
