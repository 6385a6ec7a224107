/** The open folders, and which folder a file belongs to. */

import { repositoryTop } from '../../files/git/repository.ts';
import { folderOf, isInside } from '../../files/paths.ts';
import { pathOf } from '../uris.ts';
import { type Folder, type FolderOptions, openFolder } from './folder.ts';

export interface Folders {
  /**
   * The innermost open folder that contains the file. A file outside all of them gets its own: its repository, or the
   * folder it is in.
   */
  readonly of: (path: string) => Folder;
  /** The folders that the client has open. */
  readonly opened: () => readonly Folder[];
  /** All folders, including those of files outside the workspace. */
  readonly all: () => readonly Folder[];
  /** Addresses that are not files have no folder. */
  readonly add: (uri: string) => void;
  readonly remove: (uri: string) => void;
  /** Releases folders outside the workspace, except those in use. */
  readonly keepOnly: (inUse: ReadonlySet<Folder>) => void;
}

export function createFolders(options: FolderOptions): Folders {
  const opened = new Map<string, Folder>();
  const others = new Map<string, Folder>();

  const innermost = (folders: Iterable<Folder>, path: string): Folder | null => {
    let found: Folder | null = null;
    for (const folder of folders) {
      if (isInside(path, folder.root) && folder.root.length > (found?.root.length ?? -1)) found = folder;
    }
    return found;
  };

  return {
    of: (path) => {
      const known = innermost(opened.values(), path) ?? innermost(others.values(), path);
      if (known) return known;
      const parent = folderOf(path);
      const root = repositoryTop(parent) ?? parent;
      const folder = openFolder(root, options);
      others.set(root, folder);
      return folder;
    },
    opened: () => [...opened.values()],
    all: () => [...opened.values(), ...others.values()],
    add: (uri) => {
      const root = pathOf(uri);
      if (root !== null && !opened.has(root)) opened.set(root, openFolder(root, options));
    },
    remove: (uri) => {
      opened.delete(pathOf(uri) ?? '');
    },
    keepOnly: (inUse) => {
      for (const [root, folder] of others) if (!inUse.has(folder)) others.delete(root);
    },
  };
}
