import { MeterError } from '../../core/errors.ts';
import { count, having, milliseconds, object, readOptions, secret, such, text } from '../../support/schema.ts';

/**
 * The shape of a `pg` pool. Written out, so that this package's types do not require a package that an application may
 * not use.
 */
export interface OwnPool {
  query(...args: never[]): unknown;
  connect(...args: never[]): unknown;
  end(...args: never[]): unknown;
}

export interface PostgresOptions {
  /** `postgresql://user:password@host:5432/database`. Default: the environment variables of `pg`. */
  readonly url?: string;
  /** Your own `pg` pool: its settings apply, and you close it. Default: a new pool. */
  readonly pool?: OwnPool;
  /** The schema of the tables, which are created if they are missing. Default: `farthing`. */
  readonly schema?: string;
  /** Milliseconds after which an operation fails. Default: 2,000. */
  readonly timeout?: number;
  /** The maximum number of connections of this process. Default: 10. */
  readonly connections?: number;
  /** Limits of the vectors of the semantic cache. */
  readonly vectors?: PostgresVectorsOptions;
}

export interface PostgresVectorsOptions {
  /** The maximum number of vectors; the least recently used are evicted first. Default: 100,000. */
  readonly maximumEntries?: number;
}

export const postgresSchema = object<PostgresOptions>('PostgresOptions', {
  // It may hold a password.
  url: secret(text()),
  pool: having<OwnPool>('a pool of pg', ['query', 'connect', 'end']),
  // It becomes part of statements.
  schema: such('a name of a-z, 0-9 and _ that begins with a letter', isName),
  timeout: milliseconds(),
  connections: count({ min: 1 }),
  vectors: object<PostgresVectorsOptions>('PostgresVectorsOptions', { maximumEntries: count({ min: 1 }) }),
});

function isName(input: unknown): boolean {
  return typeof input === 'string' && /^[a-z_][a-z0-9_]{0,62}$/.test(input);
}

/** @throws MeterError for options that are not known or not of their kind */
export function readPostgresOptions(input: PostgresOptions): PostgresOptions {
  return readOptions(postgresSchema, input, (message) => new MeterError(message), 'postgresStores');
}
