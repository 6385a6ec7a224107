/** Which packages for language models the scanned files import that Farthing does not read. */
import type { Workspace } from '../workspace/workspace.ts';
import type { UnreadPackage } from './formats/format.ts';

/** Those that most files import come first. A package whose own code is among the files is read. */
export function unreadPackages(workspace: Pick<Workspace, 'paths' | 'unreadIn'>): readonly UnreadPackage[] {
  const paths = workspace.paths();
  const counts = new Map<string, number>();
  for (const name of paths.flatMap(workspace.unreadIn)) counts.set(name, (counts.get(name) ?? 0) + 1);
  const isOwn = (name: string): boolean => {
    const start = `/${name.replaceAll('.', '/')}/__init__.py`;
    return paths.some((path) => path.endsWith(start));
  };
  return [...counts]
    .filter(([name]) => !isOwn(name))
    .map(([name, files]) => ({ name, files }))
    .sort((a, b) => b.files - a.files || (a.name < b.name ? -1 : 1));
}
