import { MeterError } from '../../core/errors.ts';
import { having, milliseconds, object, readOptions, secret, text } from '../../support/schema.ts';

/**
 * The shape of a `CacheClient`. Written out, so that this package's types do not require a package that an application may
 * not use.
 */
export interface OwnMomentoClient {
  get(...args: never[]): unknown;
  set(...args: never[]): unknown;
  sortedSetPutElement(...args: never[]): unknown;
}

export interface MomentoOptions {
  /** The name of the cache, which you create. Default: `farthing`. */
  readonly cache?: string;
  /** The API key. Default: the environment variable `MOMENTO_API_KEY`. */
  readonly apiKey?: string;
  /** The endpoint of your region; `http://127.0.0.1:8080` is a Momento Local. Default: the environment variable `MOMENTO_ENDPOINT`. */
  readonly endpoint?: string;
  /** Your own `CacheClient`: its settings apply, and you close it. Default: a new client. */
  readonly client?: OwnMomentoClient;
  /** The prefix of all keys. Default: `farthing`. */
  readonly namespace?: string;
  /** Milliseconds after which an operation fails as `unavailable`. Default: 1,000, and 5,000 for the first. */
  readonly timeout?: number;
}

export const momentoSchema = object<MomentoOptions>('MomentoOptions', {
  cache: text(),
  apiKey: secret(text()),
  endpoint: text(),
  client: having<OwnMomentoClient>('a CacheClient', ['get', 'set', 'sortedSetPutElement']),
  namespace: text(),
  timeout: milliseconds(),
});

/** @throws MeterError for options that are not known or not of their kind */
export function readMomentoOptions(input: MomentoOptions): MomentoOptions {
  return readOptions(momentoSchema, input, (message) => new MeterError(message), 'momentoStores');
}
