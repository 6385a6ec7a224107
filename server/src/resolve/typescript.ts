/** What an import specifier refers to in TypeScript and JavaScript. */
import type { Resolution } from '../evaluate/modules.ts';
import type { Files } from '../files/file-system.ts';
import { absolute } from '../files/paths.ts';
import { findPackageEntry, findPackageImport } from './package-entry.ts';
import { createTsconfigs } from './tsconfig.ts';
import { findTypeScriptFile } from './typescript-files.ts';
import { isUsualAlias, usualAliases } from './usual-aliases.ts';
import { createWorkspaces } from './workspaces.ts';

/** Resolves `specifier` for a module in `folder`. Answers are cached by folder. */
export function createTypeScriptResolver(files: Files): (folder: string, specifier: string) => Resolution {
  const aliasesAt = createTsconfigs(files);
  const workspacesAt = createWorkspaces(files);

  const find = (folder: string, specifier: string): string | null => {
    for (const candidate of [...aliasesAt(folder)(specifier), ...usualAliases(files, folder, specifier)]) {
      const found = findTypeScriptFile(files, candidate);
      if (found !== null) return found;
    }
    if (specifier.startsWith('#')) return findPackageImport(files, folder, specifier);
    const [, name = specifier, subpath = ''] = /^(@[^/]+\/[^/]+|[^/]+)(?:\/(.*))?$/.exec(specifier) ?? [];
    for (const packages of workspacesAt(folder)) {
      const home = packages.get(name);
      if (home !== undefined) return findPackageEntry(files, home, subpath);
    }
    return null;
  };

  return (folder, written) => {
    // Bundlers accept a query (`./prompt.md?raw`) that says how to load the file, not which one.
    const specifier = written.replace(/(?<=.)\?.*$/, '');
    if (specifier === '') return { kind: 'missing' };
    const isPath = /^\.{0,2}\/|^\.{1,2}$/.test(specifier);
    const path = isPath ? findTypeScriptFile(files, absolute(specifier, folder)) : find(folder, specifier);
    if (path !== null) return { kind: 'module', path };
    // `@/lib` and `~/lib` cannot be package names: they are aliases whose file does not exist.
    const isOwn = isPath || /^[~#]/.test(specifier) || isUsualAlias(specifier);
    return isOwn ? { kind: 'missing' } : { kind: 'external', module: written };
  };
}
