/** What errors of PostgreSQL mean for the operator of the application. */
import { isStoreError, StoreError, type StoreFailure } from '../store-error.ts';

interface Meaning {
  readonly failure: StoreFailure;
  readonly what: string;
  readonly remedy: string;
}

const DOWN = 'Check the server; calls recover by themselves.';

/** By full SQLSTATE or by its class (https://www.postgresql.org/docs/current/errcodes-appendix.html). */
const STATES: Readonly<Record<string, Meaning>> = {
  '08': { failure: 'unavailable', what: 'the connection broke', remedy: DOWN },
  '25006': { failure: 'unavailable', what: 'it is a standby', remedy: 'Name the primary.' },
  '28': { failure: 'refused', what: 'it rejects the user or the password', remedy: 'Correct them in the URL.' },
  '3D000': { failure: 'refused', what: 'there is no such database', remedy: 'Create it, or name another.' },
  '42501': {
    failure: 'refused',
    what: 'the user lacks a permission',
    remedy: 'Allow it to create a schema in the database, or create the schema and make the user its owner.',
  },
  '53300': {
    failure: 'unavailable',
    what: 'it has too many connections',
    remedy: 'Lower `connections`, or raise the limit of the server.',
  },
  '53': { failure: 'full', what: 'its disk or memory is full', remedy: 'Make room on the server.' },
  '55P03': { failure: 'busy', what: 'another transaction held a row for too long', remedy: DOWN },
  '57014': { failure: 'busy', what: 'it did not answer in time', remedy: DOWN },
  '57': { failure: 'unavailable', what: 'it is shutting down or starting', remedy: DOWN },
  '58': { failure: 'full', what: 'it cannot read or write its disk', remedy: 'Check the disk of the server.' },
  XX: { failure: 'corrupt', what: 'its data is damaged', remedy: 'Restore it from a backup.' },
};

/** The cause is a copy of the driver's error, without details that quote written data. */
export function postgresError(error: unknown): unknown {
  if (isStoreError(error) || !(error instanceof Error)) return error;
  const code = sqlState(error);
  const meaning = meaningOf(error, code);
  const cause = Object.assign(new Error(error.message), { name: error.name }, code === null ? {} : { code });
  return new StoreError({ store: 'postgres', ...meaning, cause });
}

/** The code of an error from the server; network errors have codes of another form. */
export function sqlState(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null;
  return /^[0-9A-Z]{5}$/.test(error.code) ? error.code : null;
}

function meaningOf(error: Error, code: string | null): Meaning {
  if (code === null)
    return { failure: 'unavailable', what: 'it cannot be reached, or did not answer in time', remedy: DOWN };
  const known = STATES[code] ?? STATES[code.slice(0, 2)];
  return known ?? { failure: 'other', what: error.message, remedy: 'The cause has the details.' };
}
