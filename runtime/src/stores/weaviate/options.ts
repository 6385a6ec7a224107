import { MeterError } from '../../core/errors.ts';
import { having, milliseconds, object, readOptions, secret, such, text } from '../../support/schema.ts';

/**
 * The shape of a `WeaviateClient`. Written out, so that this package's types do not require a package that an application may
 * not use.
 */
export interface OwnWeaviateClient {
  readonly collections: object;
  getWeaviateVersion(...args: never[]): unknown;
}

export interface WeaviateOptions {
  /** The address of the REST interface. Default: `http://127.0.0.1:8080`. */
  readonly url?: string;
  /** The address of the gRPC interface. Default: port 50051 on the host of `url`. */
  readonly grpcUrl?: string;
  /** The API key. Default: none. */
  readonly apiKey?: string;
  /** Your own `WeaviateClient`: its settings apply, and you close it. Default: a new client. */
  readonly client?: OwnWeaviateClient;
  /** The beginning of the names of collections: there is one for each dimension, created when it is needed. Default: `Farthing`. */
  readonly collection?: string;
  /** Milliseconds after which an operation fails as `unavailable`. Default: 2,000, and 5,000 for the first. */
  readonly timeout?: number;
}

const url = () => secret(such<string>('a URL that begins with http: or https:', isUrl));

export const weaviateSchema = object<WeaviateOptions>('WeaviateOptions', {
  url: url(),
  grpcUrl: url(),
  apiKey: secret(text()),
  client: having<OwnWeaviateClient>('a WeaviateClient', ['getWeaviateVersion']),
  // Weaviate writes the first letter of a name in upper case itself, and the dimension follows.
  collection: such('a name of letters, digits and _ that begins with a capital', isName),
  timeout: milliseconds(),
});

function isUrl(input: unknown): boolean {
  return typeof input === 'string' && /^https?:\/\//.test(input) && URL.canParse(input);
}

function isName(input: unknown): boolean {
  return typeof input === 'string' && /^[A-Z]\w{0,200}$/.test(input);
}

/** @throws MeterError for options that are not known or not of their kind */
export function readWeaviateOptions(input: WeaviateOptions): WeaviateOptions {
  return readOptions(weaviateSchema, input, (message) => new MeterError(message), 'weaviateStores');
}
