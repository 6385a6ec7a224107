/** What errors of Redis mean for the operator of the application. */
import { isStoreError, StoreError, type StoreFailure } from '../store-error.ts';

interface Meaning {
  readonly failure: StoreFailure;
  readonly what: string;
  readonly remedy: string;
}

/** By the first word of an error reply. */
const REPLIES: Readonly<Record<string, Meaning>> = {
  OOM: {
    failure: 'full',
    what: 'its memory is full',
    remedy: 'Raise maxmemory, or allow it to evict expiring keys (maxmemory-policy volatile-lru).',
  },
  MISCONF: { failure: 'full', what: 'it cannot save to its disk', remedy: 'Make room on the disk of the server.' },
  NOAUTH: { failure: 'refused', what: 'it asks for a password', remedy: 'Put the user and the password in the URL.' },
  WRONGPASS: { failure: 'refused', what: 'it rejects the user or the password', remedy: 'Correct them in the URL.' },
  NOPERM: {
    failure: 'refused',
    what: 'the user lacks a permission',
    remedy: 'Allow scripts, hashes, sorted sets and SCAN on the keys of the namespace.',
  },
  WRONGTYPE: {
    failure: 'corrupt',
    what: 'a key has an unexpected type',
    remedy: 'Choose a namespace that no other program uses.',
  },
  READONLY: unavailable('it is a replica'),
  LOADING: unavailable('it is loading its data'),
  CLUSTERDOWN: unavailable('the cluster is down'),
  MASTERDOWN: unavailable('its master is down'),
  NOREPLICAS: unavailable('too few of its replicas answer'),
  BUSY: unavailable('it is busy running a script'),
};

function unavailable(what: string): Meaning {
  return { failure: 'unavailable', what, remedy: 'Check the server; calls recover by themselves.' };
}

/** The cause is a copy of the client's error without its command, whose arguments may contain a password. */
export function redisError(error: unknown): unknown {
  if (isStoreError(error) || !(error instanceof Error)) return error;
  const { failure, what, remedy } = meaningOf(error);
  const cause = Object.assign(new Error(error.message), { name: error.name });
  return new StoreError({ store: 'redis', failure, what, remedy, cause });
}

export function redisTimeout(milliseconds: number): StoreError {
  return new StoreError({ store: 'redis', ...unavailable(`it did not answer within ${milliseconds} ms`) });
}

function meaningOf(error: Error): Meaning {
  const [word = ''] = error.message.replace(/^ERR Error running script.*?: -?/, '').split(' ', 1);
  const known = REPLIES[word];
  if (known !== undefined) return known;
  if (error.name === 'ReplyError')
    return { failure: 'other', what: error.message, remedy: 'The cause has the details.' };
  // The client's own errors: a connection that is closed, refused or not established yet.
  return unavailable('it cannot be reached');
}
