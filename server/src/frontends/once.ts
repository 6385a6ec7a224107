/** `make`, carried out when its result is first asked for. */
export function once<Made extends string | number | object>(make: () => Made): () => Made {
  let made: Made | null = null;
  return () => {
    made ??= make();
    return made;
  };
}

/** What is made of a syntax tree, kept as long as the tree is: it must follow from the tree and its text alone. */
export function oncePerTree<Tree extends object, Rest extends readonly unknown[], Made>(
  make: (tree: Tree, ...rest: Rest) => Made,
): (tree: Tree, ...rest: Rest) => Made {
  const known = new WeakMap<Tree, { readonly made: Made }>();
  return (tree, ...rest) => {
    const entry = known.get(tree) ?? { made: make(tree, ...rest) };
    known.set(tree, entry);
    return entry.made;
  };
}
