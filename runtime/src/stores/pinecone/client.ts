/** The client of a Pinecone index, and what its errors mean. */
import type { Index, Pinecone } from '@pinecone-database/pinecone';
import { missingPackage } from '../optional-package.ts';
import { DOWN, type Meaning, type ServiceClient, serviceClient, statusMeaning } from '../service/client.ts';
import type { PineconeOptions } from './options.ts';

export type PineconeConnection = ServiceClient<Index>;

/** Errors of the client by their names: it keeps the status of an answer to itself. */
const ERRORS: Readonly<Record<string, Meaning>> = {
  PineconeAuthorizationError: statusMeaning(401, ''),
  PineconeConfigurationError: {
    failure: 'refused',
    what: 'it has no API key',
    remedy: 'Set `apiKey`, or the environment variable PINECONE_API_KEY.',
  },
  PineconePaymentRequiredError: {
    failure: 'full',
    what: 'the plan of the account is used up',
    remedy: "See the account's plan in Pinecone's console.",
  },
  PineconeNotFoundError: {
    failure: 'refused',
    what: 'there is no such index',
    remedy: 'Create it with the metric cosine and the dimension of the embedder, or name another.',
  },
  PineconeInternalServerError: unavailable('it failed'),
  PineconeMaxRetriesExceededError: unavailable('it failed'),
  PineconeUnavailableError: unavailable('it is not available'),
};

function unavailable(what: string): Meaning {
  return { failure: 'unavailable', what, remedy: DOWN };
}

const OTHER_DIMENSION: Meaning = {
  failure: 'refused',
  what: 'its index has vectors of another dimension',
  remedy: 'Create an index with the dimension of the embedder, and name it.',
};

export function pineconeConnection({
  host,
  index,
  apiKey,
  client,
  namespace = 'farthing',
  timeout = 2000,
}: PineconeOptions): PineconeConnection {
  const target = {
    ...(host === undefined ? {} : { host }),
    ...(index === undefined ? {} : { name: index }),
    namespace,
  };
  return serviceClient({
    store: 'pinecone',
    timeout,
    connect: async () => {
      if (client !== undefined) return (client as unknown as Pinecone).index(target);
      const { Pinecone } = await loadClient();
      // A request waits for no retries: it goes on without the cache.
      const key = apiKey ?? process.env.PINECONE_API_KEY;
      const created = key === undefined ? new Pinecone() : new Pinecone({ apiKey: key, maxRetries: 0 });
      return created.index(target);
    },
    meaningOf,
  });
}

async function loadClient(): Promise<typeof import('@pinecone-database/pinecone')> {
  try {
    return await import('@pinecone-database/pinecone');
  } catch (cause) {
    throw missingPackage('@pinecone-database/pinecone', 'pinecone', cause);
  }
}

function meaningOf(error: Error): Meaning | null {
  const { name, message } = error;
  const known = ERRORS[name];
  if (known !== undefined) return known;
  if (name === 'PineconeBadRequestError' && /dimension/i.test(message)) return OTHER_DIMENSION;
  const status = /\bStatus: (\d{3})\b/.exec(message)?.[1];
  if (status !== undefined) return statusMeaning(Number(status), message);
  if (name === 'PineconeConnectionError' || !name.startsWith('Pinecone')) return null;
  return { failure: 'other', what: message, remedy: 'The cause has the details.' };
}

/** For what is not there: a namespace is created by the first write to it. */
export function unlessMissing(error: unknown): null {
  if (error instanceof Error && error.name === 'PineconeNotFoundError') return null;
  throw error;
}
