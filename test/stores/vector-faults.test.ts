/** Vectors of the servers that run here, at fault under a meter. Those of services are in the tests of their drivers. */
import { Redis } from 'ioredis';
import { Pool } from 'pg';
import { afterAll, beforeAll, describe } from 'vitest';
import { postgresStores } from '../../runtime/src/stores/postgres/postgres.ts';
import { redisStores } from '../../runtime/src/stores/redis/redis.ts';
import type { Closable, VectorStore } from '../../runtime/src/stores/store.ts';
import { vectorFaults } from './contract/vector-faults.ts';
import { hasPostgres, type PostgresServer, postgresServer } from './servers/postgres-server.ts';
import { hasRedis, type RedisServer, redisServer } from './servers/redis-server.ts';

/** The other stores are not at fault. */
function vectorsOf({ vectors, close }: { readonly vectors: VectorStore } & Closable) {
  return { vectors, close };
}

let opened = 0;

describe.skipIf(!hasRedis)('with a Redis server', () => {
  let server: RedisServer;
  let client: Redis;
  beforeAll(async () => {
    server = await redisServer(['--appendonly', 'yes', '--appendfsync', 'always']);
    client = new Redis(server.url);
    client.on('error', () => {});
  });
  afterAll(async () => {
    client.disconnect();
    await server.remove();
  });

  vectorFaults({
    name: 'redis',
    open: async (timeout) => vectorsOf(redisStores({ url: server.url, namespace: `faults_${opened++}`, timeout })),
    stop: () => server.stop(),
    start: () => server.start(),
    hold: () => server.freeze(),
    release: () => server.resume(),
    full: {
      begin: () => client.config('SET', 'maxmemory', '1'),
      end: () => client.config('SET', 'maxmemory', '0'),
      failure: 'full',
    },
    async damage() {
      for (const key of await client.keys('*:entry:*')) {
        const meta = (await client.hget(key, 'meta')) ?? '';
        await client.hset(key, 'meta', meta.replace('cancel', 'renew'));
      }
    },
    otherDimension: 'kept',
  });
});

describe.skipIf(!hasPostgres)('with a PostgreSQL server', () => {
  let server: PostgresServer;
  let administrator: Pool;
  beforeAll(async () => {
    server = await postgresServer();
    administrator = new Pool({ connectionString: server.url, max: 1 });
    administrator.on('error', () => {});
  });
  afterAll(async () => {
    await administrator.end();
    await server.remove();
  });
  const schema = () => `faults_${opened}`;

  vectorFaults({
    name: 'postgres',
    async open(timeout) {
      opened++;
      return vectorsOf(postgresStores({ url: server.url, schema: schema(), timeout }));
    },
    stop: () => server.stop(),
    start: () => server.start(),
    hold: () => server.freeze(),
    release: () => server.resume(),
    full: {
      // As the server ends a statement for which its disk has no room.
      begin: () =>
        administrator.query(`
          CREATE FUNCTION ${schema()}.no_room() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$;
          CREATE TRIGGER no_room BEFORE INSERT ON ${schema()}.vector_entry EXECUTE FUNCTION ${schema()}.no_room()`),
      end: () => administrator.query(`DROP TRIGGER no_room ON ${schema()}.vector_entry`),
      failure: 'full',
    },
    damage: () => administrator.query(`UPDATE ${schema()}.vector_entry SET meta = replace(meta, 'cancel', 'renew')`),
    otherDimension: 'kept',
  });
});
