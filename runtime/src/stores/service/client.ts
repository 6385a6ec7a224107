/** The client of a service, created on first use; every call ends within a time limit, and fails with a `StoreError`. */
import { isStoreError, StoreError, type StoreFailure, storeClosed } from '../store-error.ts';
import { withTimeLimit } from '../time-limit.ts';

/** What an error means for the operator of the application. */
export interface Meaning {
  readonly failure: StoreFailure;
  readonly what: string;
  readonly remedy: string;
}

export interface ServiceClient<Client> {
  readonly run: <Value>(calls: (client: Client) => Promise<Value>) => Promise<Value>;
  readonly close: () => Promise<void>;
}

interface Service<Client> {
  /** `qdrant`, `pinecone`. */
  readonly store: string;
  /** Milliseconds for one call. */
  readonly timeout: number;
  readonly connect: () => Promise<Client>;
  /** Ends the connections of a client that this has created. */
  readonly disconnect?: (client: Client) => unknown;
  /** Null for an error that says nothing to this service: it cannot be reached. */
  readonly meaningOf: (error: Error) => Meaning | null;
}

/** Milliseconds for the first call, which loads the client and connects. */
const CONNECT_TIMEOUT = 5000;

export const DOWN = 'Check the service; calls recover by themselves.';

export function serviceClient<Client>(service: Service<Client>): ServiceClient<Client> {
  const { store, timeout, connect, disconnect, meaningOf } = service;
  const connectTimeout = Math.max(timeout, CONNECT_TIMEOUT);
  let connecting: Promise<Client> | null = null;
  let isClosed = false;

  const late = (milliseconds: number) => (): StoreError => {
    return new StoreError({
      store,
      failure: 'unavailable',
      what: `it did not answer within ${milliseconds} ms`,
      remedy: DOWN,
    });
  };

  /** The cause is a copy of the client's error without its request, which may contain a key and what was written. */
  const asStoreError = (error: unknown): unknown => {
    if (isStoreError(error) || !(error instanceof Error)) return error;
    const meaning = meaningOf(error) ?? { failure: 'unavailable', what: 'it cannot be reached', remedy: DOWN };
    const cause = Object.assign(new Error(error.message), { name: error.name });
    return new StoreError({ store, ...meaning, cause });
  };

  return {
    async run(calls) {
      if (isClosed) throw storeClosed(store);
      connecting ??= connect();
      // A service that is down, or a missing package, is tried again by the next call.
      connecting.catch(() => {
        connecting = null;
      });
      try {
        const client = await withTimeLimit(connecting, connectTimeout, late(connectTimeout));
        return await withTimeLimit(calls(client), timeout, late(timeout));
      } catch (error) {
        throw asStoreError(error);
      }
    },
    async close() {
      isClosed = true;
      const ending = connecting;
      connecting = null;
      await ending?.then((client) => disconnect?.(client)).catch(() => {});
    },
  };
}

const STATUSES: Readonly<Record<number, Meaning>> = {
  401: { failure: 'refused', what: 'it rejects the API key', remedy: 'Correct `apiKey`.' },
  403: { failure: 'refused', what: 'the API key lacks a permission', remedy: 'Allow it to read and to write.' },
  413: { failure: 'full', what: 'an entry is too large for it', remedy: 'Raise the limit of the service.' },
  429: { failure: 'busy', what: 'it limits the requests or the storage', remedy: 'Raise the limits of the service.' },
  507: { failure: 'full', what: 'its disk or memory is full', remedy: 'Make room on the service.' },
};

/** @param detail of other statuses: what the service said */
export function statusMeaning(status: number, detail: string): Meaning {
  const known = STATUSES[status];
  if (known !== undefined) return known;
  if (status >= 500) return { failure: 'unavailable', what: `it answered with ${status}`, remedy: DOWN };
  return { failure: 'other', what: `it answered with ${status}: ${detail}`, remedy: 'The cause has the details.' };
}
