/** One connection to Redis, or to a cluster, created on first use. */
import { createHash } from 'node:crypto';
import type { Cluster, Redis } from 'ioredis';
import { missingPackage } from '../optional-package.ts';
import { StoreError, storeClosed } from '../store-error.ts';
import { withTimeLimit } from '../time-limit.ts';
import { redisError, redisTimeout } from './error.ts';
import type { OwnRedisClient, RedisOptions } from './options.ts';

export type RedisClient = Redis | Cluster;

/** Milliseconds for the first connection, which loads the client and finds the nodes of a cluster. */
const CONNECT_TIMEOUT = 5000;

export interface RedisScript {
  readonly lua: string;
  readonly sha: string;
}

export interface RedisConnection {
  readonly namespace: string;
  /** Runs commands within the time limit; fails with a `StoreError`. */
  readonly run: <Value>(commands: (client: RedisClient) => Promise<Value>) => Promise<Value>;
  /** Runs a script, which is sent in full only if the server does not know it. Its keys are in one hash slot. */
  readonly script: (
    script: RedisScript,
    keys: readonly string[],
    values: readonly (string | number | Buffer)[],
  ) => Promise<unknown>;
  readonly close: () => Promise<void>;
}

export function redisScript(lua: string): RedisScript {
  return { lua, sha: createHash('sha1').update(lua).digest('hex') };
}

export function redisConnection(options: RedisOptions): RedisConnection {
  const { namespace = 'farthing', timeout = 1000 } = options;
  const connectTimeout = Math.max(timeout, CONNECT_TIMEOUT);
  let connecting: Promise<RedisClient> | null = null;
  let isClosed = false;

  async function run<Value>(commands: (client: RedisClient) => Promise<Value>): Promise<Value> {
    if (isClosed) throw storeClosed('redis');
    connecting ??= connect(options, timeout);
    // A missing package may be installed later, and a wrong URL is reported again.
    connecting.catch(() => {
      connecting = null;
    });
    try {
      const client = await withTimeLimit(connecting, connectTimeout, () => redisTimeout(connectTimeout));
      return await withTimeLimit(commands(client), timeout, () => redisTimeout(timeout));
    } catch (error) {
      throw redisError(error);
    }
  }

  return {
    namespace,
    run,
    script: (script, keys, values) =>
      run(async (client) => {
        try {
          return await client.evalsha(script.sha, keys.length, ...keys, ...values);
        } catch (error) {
          if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
          return client.eval(script.lua, keys.length, ...keys, ...values);
        }
      }),
    async close() {
      isClosed = true;
      const ending = connecting;
      connecting = null;
      if (ending === null || options.client !== undefined) return;
      await ending.then((client) => client.disconnect()).catch(() => {});
    },
  };
}

async function loadClient(): Promise<Pick<typeof import('ioredis'), 'Cluster' | 'Redis'>> {
  try {
    return await import('ioredis');
  } catch (cause) {
    throw missingPackage('ioredis', 'redis', cause);
  }
}

async function connect({ url, cluster, client, namespace }: RedisOptions, timeout: number): Promise<RedisClient> {
  if (client !== undefined) return ownClient(client);
  const { Cluster, Redis } = await loadClient();
  const settings = {
    connectionName: namespace ?? 'farthing',
    connectTimeout: timeout,
    // A server that accepts commands and answers none is disconnected, so that they do not pile up here.
    socketTimeout: 2 * timeout,
    // Without a connection an operation fails at once, and its layer decides what that means. Commands that were sent
    // when a connection broke are not resent, because their caller has already been told that they failed.
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    retryStrategy: (times: number) => Math.min(50 * times, 1000),
  };
  const created =
    cluster === undefined
      ? new Redis(url ?? 'redis://127.0.0.1:6379', { ...settings, lazyConnect: true })
      : new Cluster([...cluster], {
          lazyConnect: true,
          enableOfflineQueue: false,
          clusterRetryStrategy: settings.retryStrategy,
          redisOptions: { ...settings, ...credentials(url) },
        });
  // Each operation reports its own failure; without a listener, the created would write to the console.
  created.on('error', () => {});
  await connected(created);
  return created;
}

/**
 * Settles after the first connection attempt: commands report errors themselves. Either event may come without the
 * other.
 */
async function connected(client: RedisClient): Promise<void> {
  const isReady = new Promise<void>((resolve) => client.once('ready', () => resolve()));
  await Promise.race([isReady, client.connect().catch(() => {})]);
}

function credentials(url: string | undefined): { username?: string; password?: string; tls?: object } {
  if (url === undefined) return {};
  const { username, password, protocol } = new URL(url);
  return {
    ...(username === '' ? {} : { username: decodeURIComponent(username) }),
    ...(password === '' ? {} : { password: decodeURIComponent(password) }),
    ...(protocol === 'rediss:' ? { tls: {} } : {}),
  };
}

function ownClient(client: OwnRedisClient): RedisClient {
  if (client.options.keyPrefix === undefined || client.options.keyPrefix === '') return client as RedisClient;
  throw new StoreError({
    store: 'redis',
    failure: 'refused',
    what: 'the client has a keyPrefix, which SCAN does not support',
    remedy: 'Use a client without one, and `namespace` instead.',
  });
}
