/** Copies of a client that send through another fetch, past this meter. */
import { MeterError } from '../core/errors.ts';
import { isObject, stored } from './stored.ts';
import { markMetered, unmetered } from './wrap.ts';

type Fetch = typeof globalThis.fetch;

/** The longest time that a timer can wait: more than three weeks. */
const PATIENT = 2 ** 31 - 1;

/** A copy whose requests the meter does not see: those about batches and files, which cost nothing themselves. */
export function plainCopy<Client extends object>(client: Client, owner: object): Client {
  const inner = unmetered(stored(client, 'fetch') as Fetch);
  return copyWith(client, owner, (input, init) => inner(input, init), {});
}

/** A copy that waits for as long as an answer takes, and asks once. */
export function patientCopy<Client extends object>(client: Client, owner: object, fetch: Fetch): Client {
  return copyWith(client, owner, fetch, { timeout: PATIENT, maxRetries: 0 });
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
