/**
 * `parse`, with the last tree kept: a file that was just analysed is asked next which edits it takes, one fix after the
 * other. Only one is kept, since a tree takes many times the memory of its text. It must not be changed. `path` is for
 * languages in which it decides the dialect.
 */
export function keepLast<Tree>(parse: (text: string, path: string) => Tree): (text: string, path?: string) => Tree {
  let last: { readonly text: string; readonly path: string; readonly tree: Tree } | null = null;
  return (text, path = '') => {
    if (last?.path === path && last.text === text) return last.tree;
    // Let go first, so that two trees are never in memory.
    last = null;
    const tree = parse(text, path);
    last = { text, path, tree };
    return tree;
  };
}
