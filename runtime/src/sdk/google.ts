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
  /** Watches what sends interactions besides the connection; null if the connection's fetch sends them as well. */
  readonly watchOthers: ((others: Others) => void) | null;
}

export interface Others {
  /** Meters another client that is about to be used; false if that is impossible. */
  readonly meter: (client: object) => boolean;
  /** Interactions are about to be sent by something that is not metered. It may throw. */
  readonly onUnmetered: () => void;
}

export const OLD_GOOGLE =
  'meter.wrap cannot meter all that this version of @google/genai sends. Update it to 2.24 or later; before that, wrap works up to 2.10 without `retryOptions` and interactions.';

/** The fetch that a connection of an earlier version was given. */
const fetches = new WeakMap<object, Fetch>();

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
    return { replaceFetch: (change) => replaceOption(options, change), watchOthers: null };
  }
  const call = stored(connection, 'apiCall');
  const hasRetries = stored(stored(options, 'httpOptions'), 'retryOptions') !== undefined;
  // Versions with further parameters time and repeat the request in there.
  if (typeof call !== 'function' || call.length !== 2 || hasRetries) {
    if (!fetches.has(connection)) throw new MeterError(OLD_GOOGLE);
  }
  return {
    replaceFetch: (change) => {
      const fetch = change(fetches.get(connection) ?? globalThis.fetch);
      fetches.set(connection, fetch);
      replace(connection, 'apiCall', (url: string, init: RequestInit) => fetch(url, init));
    },
    watchOthers: (others) => watchOthers(client, others),
  };
}

/** Some versions have a second client for interactions, with its own fetch; others have none that can be replaced. */
function watchOthers(client: object, { meter, onUnmetered }: Others): void {
  let isMetered = false;
  const build = stored(client, 'getNextGenClient');
  if (typeof build === 'function') {
    replace(client, 'getNextGenClient', function getClientMetered(this: unknown, ...args: unknown[]) {
      const other: unknown = build.apply(this, args);
      if (isObject(other) && meter(other)) isMetered = true;
      return other;
    });
  }
  const read = getterOf(client, 'interactions');
  if (read === null) return;
  Object.defineProperty(client, 'interactions', {
    configurable: true,
    get: () => {
      const interactions: unknown = read.call(client);
      if (!isMetered) onUnmetered();
      return interactions;
    },
  });
}

function getterOf(owner: object, name: string): (() => unknown) | null {
  for (let at: object | null = owner; at !== null; at = Object.getPrototypeOf(at)) {
    const found = Object.getOwnPropertyDescriptor(at, name);
    if (found !== undefined) return found.get ?? null;
  }
  return null;
}

interface Options {
  httpOptions?: { fetch?: Fetch };
}

/** Copies made by tracers share the options. */
function replaceOption(options: Options, change: (inner: Fetch) => Fetch): void {
  options.httpOptions = { ...options.httpOptions, fetch: change(options.httpOptions?.fetch ?? globalThis.fetch) };
}
