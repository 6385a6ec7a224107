/**
 * The connection of a `@google/genai` client, which is private. From 2.24 on it takes a `fetch`. Earlier versions call
 * the global one, in one method of the connection, which is replaced; its place has been the same since 1.0.
 */
import { MeterError } from '../core/errors.ts';
import { isObject, replace, stored } from './stored.ts';

type Fetch = typeof globalThis.fetch;

export interface GoogleConnection {
  /** Gives the connection another fetch, made of the one that it has. */
  readonly replaceFetch: (change: (inner: Fetch) => Fetch) => void;
  /**
   * The client that sends interactions and the like, as it is first used; null if the connection sends them itself. The
   * callback is given the client.
   */
  readonly onOtherClient: ((use: (client: object) => void) => void) | null;
}

export const OLD_GOOGLE =
  'meter.wrap cannot give this version of @google/genai its fetch, or not together with `retryOptions`. Update it to 2.24 or later.';

/** The fetch that a connection of an earlier version was given. */
const given = new WeakMap<object, Fetch>();

/**
 * Null for any other client.
 *
 * @throws MeterError for a version that cannot be given a fetch
 */
export function googleConnection(client: object): GoogleConnection | null {
  const connection = stored(client, 'apiClient');
  const options = stored(connection, 'clientOptions');
  if (!isObject(connection) || !isObject(options)) return null;
  if (typeof stored(connection, 'getFetch') === 'function') {
    return { replaceFetch: (change) => replaceOption(options, change), onOtherClient: null };
  }
  const call = stored(connection, 'apiCall');
  const hasRetries = stored(stored(options, 'httpOptions'), 'retryOptions') !== undefined;
  // Versions with further parameters time and repeat the request in there.
  if (typeof call !== 'function' || call.length !== 2 || hasRetries) {
    if (!given.has(connection)) throw new MeterError(OLD_GOOGLE);
  }
  return {
    replaceFetch: (change) => {
      const fetch = change(given.get(connection) ?? globalThis.fetch);
      given.set(connection, fetch);
      replace(connection, 'apiCall', (url: string, init: RequestInit) => fetch(url, init));
    },
    onOtherClient: (use) => {
      const build = stored(client, 'getNextGenClient');
      if (typeof build !== 'function') return;
      replace(client, 'getNextGenClient', function getClientMetered(this: unknown, ...args: unknown[]) {
        const other: unknown = build.apply(this, args);
        if (isObject(other)) use(other);
        return other;
      });
    },
  };
}

interface Options {
  httpOptions?: { fetch?: Fetch };
}

/** Copies made by tracers share the options. */
function replaceOption(options: Options, change: (inner: Fetch) => Fetch): void {
  options.httpOptions = { ...options.httpOptions, fetch: change(options.httpOptions?.fetch ?? globalThis.fetch) };
}
