/** The servers that documents about stores speak to, where they are installed. */
import { hasPostgres, postgresServer } from '../../test/stores/servers/postgres-server.ts';
import { qdrantServer } from '../../test/stores/servers/qdrant-server.ts';
import { hasRedis, redisServer } from '../../test/stores/servers/redis-server.ts';

export const hasServers = hasRedis && hasPostgres;

/**
 * Runs `action` with the addresses of a Redis and a PostgreSQL server in `REDIS_URL` and `DATABASE_URL`, and that of a
 * service on loopback that speaks Qdrant's interface in `QDRANT_URL`.
 */
export async function withServers(action: (env: Readonly<Record<string, string>>) => Promise<void>): Promise<void> {
  if (!hasServers) return action({});
  const [redis, postgres, qdrant] = await Promise.all([redisServer(), postgresServer(), qdrantServer()]);
  try {
    await action({ REDIS_URL: redis.url, DATABASE_URL: postgres.url, QDRANT_URL: qdrant.url });
  } finally {
    await Promise.all([redis.remove(), postgres.remove(), qdrant.stop()]);
  }
}
