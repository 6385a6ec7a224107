import { MeterError } from '../../core/errors.ts';
import { having, milliseconds, object, readOptions, secret, such, text } from '../../support/schema.ts';

/**
 * The shape of a `QdrantClient`. Written out, so that this package's types do not require a package that an application may
 * not use.
 */
export interface OwnQdrantClient {
  query(...args: never[]): unknown;
  upsert(...args: never[]): unknown;
  scroll(...args: never[]): unknown;
  delete(...args: never[]): unknown;
  getCollections(...args: never[]): unknown;
}

export interface QdrantOptions {
  /** The address of the service. Default: `http://127.0.0.1:6333`. */
  readonly url?: string;
  /** The API key. Default: none. */
  readonly apiKey?: string;
  /** Your own `QdrantClient`: its settings apply. Default: a new client. */
  readonly client?: OwnQdrantClient;
  /** The beginning of the names of collections: there is one for each dimension, created when it is needed. Default: `farthing`. */
  readonly collection?: string;
  /** Milliseconds after which an operation fails as `unavailable`. Default: 2,000, and 5,000 for the first. */
  readonly timeout?: number;
}

export const qdrantSchema = object<QdrantOptions>('QdrantOptions', {
  url: secret(such('a URL that begins with http: or https:', isUrl)),
  apiKey: secret(text()),
  client: having<OwnQdrantClient>('a QdrantClient', ['query', 'upsert', 'scroll', 'delete', 'getCollections']),
  // The dimension follows after a hyphen.
  collection: such(
    'a name of letters, digits and _',
    (input) => typeof input === 'string' && /^\w{1,200}$/.test(input),
  ),
  timeout: milliseconds(),
});

function isUrl(input: unknown): boolean {
  return typeof input === 'string' && /^https?:\/\//.test(input) && URL.canParse(input);
}

/** @throws MeterError for options that are not known or not of their kind */
export function readQdrantOptions(input: QdrantOptions): QdrantOptions {
  return readOptions(qdrantSchema, input, (message) => new MeterError(message), 'qdrantStores');
}
