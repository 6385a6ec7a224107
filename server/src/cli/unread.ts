/** Which packages for language models the scanned files import that Farthing does not read. */
import { readLatin1 } from '../files/read.ts';
import { createRegistry } from '../sdks/registry.ts';
import { createUnreadSearch } from '../sdks/unread-packages.ts';
import type { UnreadPackage } from './formats/format.ts';

/** Those that most files import come first. `paths` are absolute: a package whose own code is among them is read. */
export function unreadPackages(paths: readonly string[]): readonly UnreadPackage[] {
  const search = createUnreadSearch(createRegistry());
  const counts = new Map<string, number>();
  for (const path of paths) {
    const text = readLatin1(path);
    for (const name of text === null ? [] : search(text)) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const isOwn = (name: string): boolean => {
    const start = `/${name.replaceAll('.', '/')}/__init__.py`;
    return paths.some((path) => path.endsWith(start));
  };
  return [...counts]
    .filter(([name]) => !isOwn(name))
    .map(([name, files]) => ({ name, files }))
    .sort((a, b) => b.files - a.files || (a.name < b.name ? -1 : 1));
}
