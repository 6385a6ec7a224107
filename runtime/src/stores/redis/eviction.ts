/** Refuses servers that may evict any key, because they could lose budgets. */
import type { Redis } from 'ioredis';
import { StoreError } from '../store-error.ts';
import type { RedisClient, RedisConnection } from './connection.ts';

/**
 * Fails if the server evicts keys without a time to live. Budgets have none, so `noeviction` and the `volatile-`
 * policies are safe. A server that does not report its policy is trusted.
 */
export async function refuseEviction(connection: RedisConnection): Promise<void> {
  const reports = await connection.run((client) =>
    Promise.all(
      mastersOf(client).map((master) =>
        master.info('memory').catch((error: Error) => {
          if (error.name === 'ReplyError') return '';
          throw error;
        }),
      ),
    ),
  );
  for (const report of reports) {
    const policy = /^maxmemory_policy:(\S+)/m.exec(report)?.[1] ?? '';
    const isBounded = /^maxmemory:(\d+)/m.exec(report)?.[1] !== '0';
    if (!isBounded || !policy.startsWith('allkeys-')) continue;
    throw new StoreError({
      store: 'redis',
      failure: 'refused',
      what: `its maxmemory-policy is ${policy}, which can evict budgets`,
      remedy: 'Set noeviction or volatile-lru there, or keep budgets on another server.',
    });
  }
}

/** The servers that hold keys: a single one, or the masters of a cluster. */
export function mastersOf(client: RedisClient): Redis[] {
  return 'nodes' in client ? client.nodes('master') : [client];
}
