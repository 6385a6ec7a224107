/** Folders to work in: tests write into copies. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../../scripts/lib/root.ts';

export interface Fixture {
  /** For the workbench's settings, extensions and logs. */
  readonly home: string;
  /** The copy of a folder of the repository. */
  readonly workspace: (from: string, name: string) => string;
  readonly remove: () => void;
}

export function createFixture(): Fixture {
  const folder = mkdtempSync(join(tmpdir(), 'farthing-editor-'));
  return {
    home: join(folder, 'home'),
    workspace: (from, name) => {
      const to = join(folder, name);
      cpSync(join(root, from), to, { recursive: true });
      return to;
    },
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }),
  };
}
