/** Opens the stores at an address that can be handed to another process as JSON. */
import { type SqliteOptions, sqliteStores } from '../../runtime/src/stores/sqlite.ts';
import type { Closable } from '../../runtime/src/stores/store.ts';
import type { Stores } from './driver.ts';

export type StoreAddress = { readonly store: 'sqlite'; readonly options: SqliteOptions };

export function openStores(address: StoreAddress): Stores & Closable {
  switch (address.store) {
    case 'sqlite':
      return sqliteStores(address.options);
  }
}
