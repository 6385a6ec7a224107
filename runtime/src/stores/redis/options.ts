import { MeterError } from '../../core/errors.ts';
import {
  count,
  having,
  listOf,
  milliseconds,
  object,
  readOptions,
  required,
  secret,
  text,
} from '../../support/schema.ts';

/**
 * The shape of an `ioredis` client, single or for a cluster. Written out, so that this package's types do not require a
 * package that an application may not use.
 */
export interface OwnRedisClient {
  readonly options: { readonly keyPrefix?: string | undefined };
  evalsha(...args: never[]): unknown;
  disconnect(): void;
}

export interface RedisAddress {
  /** The name or the address of a node. */
  readonly host: string;
  /** Its port. */
  readonly port: number;
}

export interface RedisOptions {
  /** `redis://user:password@host:6379/0`, or `rediss:` for TLS. Default: `redis://127.0.0.1:6379`. */
  readonly url?: string;
  /**
   * Some nodes of a cluster; the others are found through them. `url` may then give user, password and TLS. Default: no
   * cluster.
   */
  readonly cluster?: readonly RedisAddress[];
  /** Your own `ioredis` client: its settings apply, and you close it. Default: a new client. */
  readonly client?: OwnRedisClient;
  /** The prefix of all keys; processes with the same prefix share budgets. Default: `farthing`. */
  readonly namespace?: string;
  /** Milliseconds after which an operation fails as `unavailable`. Default: 1,000, and 5,000 for the first. */
  readonly timeout?: number;
}

export const redisSchema = object<RedisOptions>('RedisOptions', {
  // It may hold a password.
  url: secret(text()),
  cluster: listOf(
    object<RedisAddress>('RedisAddress', { host: required(text()), port: required(count({ min: 1, max: 65_535 })) }),
  ),
  client: having<OwnRedisClient>('a client of ioredis', ['evalsha', 'disconnect']),
  namespace: text(),
  timeout: milliseconds(),
});

/** @throws MeterError for options that are not known or not of their kind */
export function readRedisOptions(input: RedisOptions): RedisOptions {
  return readOptions(redisSchema, input, (message) => new MeterError(message), 'redisStores');
}
