/** Copies of a client that send through another fetch, past this meter. */
import { MeterError } from '../core/errors.ts';
import { isObject, stored } from './stored.ts';
import { markMetered, unmetered } from './wrap.ts';

type Fetch = typeof globalThis.fetch;

/** The longest time that a timer can wait: more than three weeks. */
const PATIENT = 2 ** 31 - 1;

/** What a client sends with, without the meter. */
export function plainFetch(client: object): Fetch {
  const own = isGoogle(client)
    ? stored(stored(stored(stored(client, 'apiClient'), 'clientOptions'), 'httpOptions'), 'fetch')
    : stored(client, 'fetch');
  const inner = typeof own === 'function' ? unmetered(own as Fetch) : globalThis.fetch;
  return (input, init) => inner(input, init);
}

/** A copy whose requests the meter does not see: those about batches and files, which cost nothing themselves. */
export function plainCopy<Client extends object>(client: Client, owner: object): Client {
  return isGoogle(client) ? client : copyWith(client, owner, plainFetch(client), {});
}

/** A copy that waits for as long as an answer takes, and asks once. */
export function patientCopy<Client extends object>(client: Client, owner: object, fetch: Fetch): Client {
  return isGoogle(client)
    ? googleCopy(client, fetch)
    : copyWith(client, owner, fetch, { timeout: PATIENT, maxRetries: 0 });
}

function copyWith<Client extends object>(client: Client, owner: object, fetch: Fetch, options: object): Client {
  const withOptions = stored(client, 'withOptions');
  const copy: unknown =
    typeof withOptions === 'function'
      ? withOptions.call(client, { ...options, fetch: markMetered(fetch, owner) })
      : undefined;
  if (!isObject(copy)) throw new MeterError('batch: this client cannot be copied. Give the client of the SDK itself.');
  return copy as Client;
}

function isGoogle(client: object): boolean {
  return isObject(stored(client, 'apiClient'));
}

/** Google's client cannot be copied, but each of its calls can be given a fetch. */
function googleCopy<Client extends object>(client: Client, fetch: Fetch): Client {
  const withFetch = (params: unknown): unknown => {
    const config = stored(params, 'config');
    const httpOptions = stored(config, 'httpOptions');
    return {
      ...Object(params),
      config: { ...Object(config), httpOptions: { ...Object(httpOptions), fetch, timeout: PATIENT } },
    };
  };
  const models = new Proxy(Object(stored(client, 'models')) as object, {
    get: (target, name) => {
      const method: unknown = Reflect.get(target, name, target);
      if (typeof method !== 'function') return method;
      return (params: unknown, ...others: unknown[]): unknown => method.call(target, withFetch(params), ...others);
    },
  });
  return new Proxy(client, {
    get: (target, name) => (name === 'models' ? models : Reflect.get(target, name, target)),
  });
}
