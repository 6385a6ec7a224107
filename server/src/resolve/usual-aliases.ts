/**
 * What frameworks make of an alias without a line in the repository: WXT, Nuxt and SvelteKit write the tsconfig that has
 * it when they build, and bundlers have it in code.
 */
import type { Files } from '../files/file-system.ts';
import { ancestors, join } from '../files/paths.ts';

/** Where each leads, in the folder of the package, in the order in which they are tried. */
const ALIASES: readonly { readonly pattern: RegExp; readonly folders: readonly string[] }[] = [
  { pattern: /^[@~]\/(.+)$/, folders: ['src', 'app', ''] },
  { pattern: /^(?:@@|~~)\/(.+)$/, folders: [''] },
  { pattern: /^\$lib\/(.+)$/, folders: ['src/lib'] },
];

export function isUsualAlias(specifier: string): boolean {
  return ALIASES.some(({ pattern }) => pattern.test(specifier));
}

/** Absolute paths that `specifier` may refer to for a module in `folder`; none if it is no such alias. */
export function usualAliases(files: Files, folder: string, specifier: string): readonly string[] {
  for (const { pattern, folders } of ALIASES) {
    const rest = pattern.exec(specifier)?.[1];
    if (rest === undefined) continue;
    for (const home of ancestors(folder)) {
      if (!files.isFile(join(home, 'package.json'))) continue;
      return folders.map((inside) => join(inside === '' ? home : join(home, inside), rest));
    }
  }
  return [];
}
