/** The stores that budgets are tried on, each started for one run. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PATIENT } from '../stores/in-time.ts';
import type { StoreAddress } from '../stores/open.ts';
import { hasPostgres, postgresServer } from '../stores/servers/postgres-server.ts';
import { hasRedis, redisServer } from '../stores/servers/redis-server.ts';

export interface TriedStore {
  readonly name: string;
  /** What has to be installed. */
  readonly needs: string | null;
  readonly isAvailable: boolean;
  readonly use: <Result>(action: (address: StoreAddress) => Promise<Result>) => Promise<Result>;
}

export const TRIED_STORES: readonly TriedStore[] = [
  {
    name: 'SQLite',
    needs: null,
    isAvailable: true,
    use: async (action) => {
      const folder = mkdtempSync(join(tmpdir(), 'farthing-budgets-'));
      try {
        return await action({ store: 'sqlite', options: { path: join(folder, 'budgets.db'), busyTimeout: PATIENT } });
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  },
  {
    name: 'Redis',
    needs: 'redis-server and redis-cli, 6 or later',
    isAvailable: hasRedis,
    use: async (action) => {
      const server = await redisServer();
      try {
        return await action({ store: 'redis', options: { url: server.url, timeout: PATIENT } });
      } finally {
        await server.remove();
      }
    },
  },
  {
    name: 'PostgreSQL',
    needs: 'PostgreSQL, 12 or later',
    isAvailable: hasPostgres,
    use: async (action) => {
      const server = await postgresServer();
      try {
        return await action({ store: 'postgres', options: { url: server.url, timeout: PATIENT } });
      } finally {
        await server.remove();
      }
    },
  },
];
