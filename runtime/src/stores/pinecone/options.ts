import { MeterError } from '../../core/errors.ts';
import { checked, having, milliseconds, object, readOptions, secret, text } from '../../support/schema.ts';

/**
 * The shape of a `Pinecone` client. Written out, so that this package's types do not require a package that an application
 * may not use.
 */
export interface OwnPineconeClient {
  index(...args: never[]): unknown;
}

export interface PineconeOptions {
  /** The host of an index, as Pinecone's console shows it. Default: looked up by the name `index`. */
  readonly host?: string;
  /** The name of an index, which you create with the metric `cosine` and the dimension of the embedder. Default: named by `host`. */
  readonly index?: string;
  /** The API key. Default: the environment variable `PINECONE_API_KEY`. */
  readonly apiKey?: string;
  /** Your own `Pinecone` client: its settings apply. Default: a new client. */
  readonly client?: OwnPineconeClient;
  /** The namespace of the index. Default: `farthing`. */
  readonly namespace?: string;
  /** Milliseconds after which an operation fails as `unavailable`. Default: 2,000, and 5,000 for the first. */
  readonly timeout?: number;
}

export const pineconeSchema = checked(
  object<PineconeOptions>('PineconeOptions', {
    host: text(),
    index: text(),
    apiKey: secret(text()),
    client: having<OwnPineconeClient>('a Pinecone client', ['index']),
    namespace: text(),
    timeout: milliseconds(),
  }),
  ({ host, index }) => (host === undefined && index === undefined ? 'host is missing: it or index is needed.' : null),
);

/** @throws MeterError for options that are not known or not of their kind */
export function readPineconeOptions(input: PineconeOptions): PineconeOptions {
  return readOptions(pineconeSchema, input, (message) => new MeterError(message), 'pineconeStores');
}
