/** Python's imports, searched for in the text. */

/** `from .a import (b, c)`, `import a.b as d, e`; a backslash joins the next line. */
const IMPORT =
  /^[ \t]*(?:from[ \t]+([.\p{L}\p{N}_]+)[ \t]+import\b[ \t]*(\([^)]*\)|(?:\\\r?\n|[^\n#;])*)|import[ \t]+((?:\\\r?\n|[^\n#;])*))/gmu;

export function importsIn(text: string): readonly string[] {
  const found = new Set<string>();
  for (const [, module, names = '', modules = ''] of text.matchAll(IMPORT)) {
    if (module === undefined) {
      for (const name of namesIn(modules)) found.add(name);
      continue;
    }
    found.add(module);
    // Each name may be a module of the package.
    const prefix = module.endsWith('.') ? module : `${module}.`;
    for (const name of namesIn(names)) found.add(prefix + name);
  }
  return [...found];
}

/** `a.b` and `c` of `(a.b as x, c)`. */
function namesIn(list: string): readonly string[] {
  return list
    .replace(/#.*/g, '')
    .split(',')
    .flatMap((clause) => /[\p{L}\p{N}_.]+/u.exec(clause)?.[0] ?? []);
}
