/** A folder for a test file, and stores that are closed with it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { SqliteOptions } from '../../runtime/src/stores/sqlite/options.ts';
import { sqliteStores } from '../../runtime/src/stores/sqlite/sqlite.ts';
import type { Closable } from '../../runtime/src/stores/store.ts';

/** Both are gone after the tests of the file that asks. */
export function temporaryFiles() {
  const folder = mkdtempSync(join(tmpdir(), 'farthing-stores-'));
  const opened: Closable[] = [];
  let files = 0;
  afterAll(async () => {
    for (const stores of opened) await stores.close();
    rmSync(folder, { recursive: true });
  });
  const path = () => join(folder, `${files++}.db`);
  return {
    folder,
    path,
    open(options: Partial<SqliteOptions> = {}) {
      const stores = sqliteStores({ path: path(), ...options });
      opened.push(stores);
      return stores;
    },
  };
}
