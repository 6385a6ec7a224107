/** Changes to files outside the editor, as the client reports them. */
import { LOCK_FILE } from '@farthing/shared/catalogue/lock/price-lock';
import { CONFIG_FILE_NAME } from '@farthing/shared/config-defaults';
import { MEASURED_FILE } from '@farthing/shared/measured/measured';
import { type Connection, DidChangeWatchedFilesNotification, FileChangeType, WatchKind } from 'vscode-languageserver';
import { nameOf } from '../../files/paths.ts';
import type { DiskChange } from '../../workspace/disk-changes.ts';
import type { Client } from '../capabilities.ts';
import type { Updates } from '../diagnostics/updates.ts';
import type { Callers } from '../folders/callers.ts';
import type { Folder } from '../folders/folder.ts';
import type { Folders } from '../folders/folders.ts';
import type { Scanner } from '../folders/scanner.ts';
import type { BaseCalls } from '../since-head/base-calls.ts';
import { pathOf } from '../uris.ts';

/** Sources, files that affect imports, prompts next to the code, the configuration. */
const EXTENSIONS = 'ts,tsx,mts,cts,js,jsx,mjs,cjs,py,ipynb,json,md,txt,yaml,toml';
const WATCHERS = [
  { globPattern: `**/*.{${EXTENSIONS}}` },
  // Creating or deleting a folder is reported for the folder, but not for its contents.
  { globPattern: '**/*', kind: WatchKind.Create | WatchKind.Delete },
  // Written with each commit and each change of branch.
  { globPattern: '**/.git/logs/HEAD' },
];
const HAS_WATCHED_EXTENSION = new RegExp(`\\.(?:${EXTENSIONS.replaceAll(',', '|')})$`);

const SETTINGS = new Set([CONFIG_FILE_NAME, LOCK_FILE]);

const KINDS = {
  [FileChangeType.Created]: 'created',
  [FileChangeType.Changed]: 'changed',
  [FileChangeType.Deleted]: 'deleted',
} as const;

interface Parts {
  readonly connection: Connection;
  readonly client: Client;
  readonly folders: Folders;
  readonly updates: Updates;
  readonly scanner: Scanner;
  readonly callers: Callers;
  readonly baseCalls: BaseCalls;
  readonly showConfigProblems: (folders: readonly Folder[]) => void;
}

/** Returns a function that asks the client to watch. */
export function watchDisk({
  connection,
  client,
  folders,
  updates,
  scanner,
  callers,
  baseCalls,
  showConfigProblems,
}: Parts): {
  readonly register: () => Promise<void>;
} {
  connection.onDidChangeWatchedFiles(({ changes }) => {
    const seen = changes.flatMap(({ uri, type }): DiskChange[] => {
      const path = pathOf(uri);
      return path === null || !isOfInterest(nameOf(path)) ? [] : [{ path, kind: KINDS[type] }];
    });
    if (seen.length === 0) return;
    if (seen.some(({ path }) => SETTINGS.has(nameOf(path)) || path.endsWith(`/${MEASURED_FILE}`))) {
      for (const folder of folders.all()) folder.refreshConfig();
      showConfigProblems(folders.all());
    }
    const stale = new Set<string>();
    for (const folder of folders.all()) for (const path of folder.workspace().noteDiskChanges(seen)) stale.add(path);
    updates.stale(stale, null);
    scanner.keepCurrent(true);
    callers.findSoon();
    baseCalls.lookSoon();
  });

  return {
    register: async () => {
      if (!client.registersWatchers) return;
      await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: WATCHERS });
    },
  };
}

/** A name without a dot may be a folder. */
function isOfInterest(name: string): boolean {
  return HAS_WATCHED_EXTENSION.test(name) || !name.includes('.');
}
