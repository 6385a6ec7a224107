/** The licences of the packages that a bundle contains: their terms ask for them wherever the code goes. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './root.ts';

/** @param inputs files of the bundle, relative to the root, as the bundler's metafile lists them */
export function licenseText(inputs: Iterable<string>): string {
  const folders = new Set([...inputs].flatMap((path) => packageFolder(join(root, path)) ?? []));
  const entries = [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file === undefined ? '' : `\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
    return `${name} ${version} (${license})\n${text}`;
  });
  return `This program contains the following packages.\n\n${entries.join(`\n${'-'.repeat(80)}\n\n`)}`;
}

/** The package that a file belongs to; null for the repository's own. */
function packageFolder(path: string): string | null {
  if (!path.includes('node_modules')) return null;
  let folder = dirname(path);
  // A package.json without a name only sets a folder's module kind.
  while (!isPackage(folder) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}

function isPackage(folder: string): boolean {
  const path = join(folder, 'package.json');
  return existsSync(path) && typeof JSON.parse(readFileSync(path, 'utf8')).name === 'string';
}
