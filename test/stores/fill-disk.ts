/** Writes until the limit on file sizes stops it: a full disk, as a process sees it. Prints what it got as JSON. */
import { sqliteStores } from '../../runtime/src/stores/sqlite/sqlite.ts';
import { isStoreError } from '../../runtime/src/stores/store-error.ts';

// Without a handler the signal of the limit would end the process before SQLite sees the error.
process.on('SIGXFSZ', () => {});

const stores = sqliteStores({ path: process.argv[2] ?? '' });
const total = { key: 'total', window: 'month', cap: 1000 } as const;
await stores.budgets.reserve({ id: 'before', scopes: [total], amount: 7, lease: 60_000 });
let failure = 'none';
let written = 0;
for (; written < 1000; written++) {
  try {
    await stores.cache.set({
      key: String(written),
      partition: '',
      bytes: new Uint8Array(20_000),
      meta: '',
      lifetime: 60_000,
    });
  } catch (error) {
    failure = isStoreError(error) ? error.failure : String(error);
    break;
  }
}
const isRead = (await stores.cache.get(String(written - 1))) !== null;
const [state] = await stores.budgets.states([total]);
process.stdout.write(`${JSON.stringify({ failure, written, isRead, reserved: state?.reserved })}\n`);
