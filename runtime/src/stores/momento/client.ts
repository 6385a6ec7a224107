/** The client of Momento, and what its errors mean. */
import type { CacheClient, CollectionTtl, CredentialProvider } from '@gomomento/sdk';
import { missingPackage } from '../optional-package.ts';
import { DOWN, type Meaning, type ServiceClient, serviceClient } from '../service/client.ts';
import type { MomentoOptions } from './options.ts';

export type MomentoConnection = ServiceClient<CacheClient>;

/** By the client's own codes. */
const CODES: Readonly<Record<string, Meaning>> = {
  AUTHENTICATION_ERROR: { failure: 'refused', what: 'it rejects the API key', remedy: 'Correct `apiKey`.' },
  PERMISSION_ERROR: {
    failure: 'refused',
    what: 'the API key lacks a permission',
    remedy: 'Allow it to read and to write.',
  },
  NOT_FOUND_ERROR: { failure: 'refused', what: 'there is no such cache', remedy: 'Create it, or name another.' },
  LIMIT_EXCEEDED_ERROR: {
    failure: 'full',
    what: 'a limit of the account is reached',
    remedy: "Raise it in Momento's console.",
  },
  CLIENT_RESOURCE_EXHAUSTED: { failure: 'busy', what: 'too many requests wait for it', remedy: DOWN },
  INVALID_ARGUMENT_ERROR: { failure: 'other', what: 'it refuses the request', remedy: 'The cause has the details.' },
  TIMEOUT_ERROR: { failure: 'unavailable', what: 'it did not answer in time', remedy: DOWN },
};

export function momentoConnection(options: MomentoOptions): MomentoConnection {
  const { client, timeout = 1000 } = options;
  return serviceClient({
    store: 'momento',
    timeout,
    connect: async () => (client === undefined ? newClient(options, timeout) : (client as unknown as CacheClient)),
    disconnect: (created) => {
      if (client === undefined) created.close();
    },
    meaningOf,
  });
}

type Sdk = typeof import('@gomomento/sdk');

async function newClient({ apiKey, endpoint }: MomentoOptions, timeout: number): Promise<CacheClient> {
  const sdk = await loadClient();
  const configuration = sdk.Configurations.Laptop.latest(new sdk.NoopMomentoLoggerFactory());
  const credentialProvider = credentials(sdk, apiKey, endpoint);
  return sdk.CacheClient.create({
    configuration: configuration.withClientTimeoutMillis(Math.ceil(timeout)),
    defaultTtlSeconds: 60,
    // It would hold up the first request for as long as it takes.
    eagerConnectTimeout: 0,
    ...(credentialProvider === null ? {} : { credentialProvider }),
  });
}

async function loadClient(): Promise<Sdk> {
  try {
    return await import('@gomomento/sdk');
  } catch (cause) {
    throw missingPackage('@gomomento/sdk', 'momento', cause);
  }
}

/** Of a sorted set: every write begins it anew. */
export async function collectionTtl(seconds: number): Promise<CollectionTtl> {
  const { CollectionTtl } = await loadClient();
  return CollectionTtl.of(seconds).withRefreshTtlOnUpdates();
}

/** Null leaves it to the client, which reads the environment. */
function credentials(sdk: Sdk, apiKey?: string, endpoint?: string): CredentialProvider | null {
  if (endpoint?.startsWith('http://')) {
    const { hostname, port } = new URL(endpoint);
    return sdk.CredentialProvider.forMomentoLocal({ hostname, port: Number(port || 80) });
  }
  const [key, at] = [apiKey ?? process.env.MOMENTO_API_KEY, endpoint ?? process.env.MOMENTO_ENDPOINT];
  return key === undefined || at === undefined
    ? null
    : sdk.CredentialProvider.fromApiKeyV2({ apiKey: key, endpoint: at });
}

function meaningOf(error: Error): Meaning | null {
  const { errorCode } = error as { errorCode?: () => unknown };
  if (typeof errorCode === 'function') return CODES[String(errorCode.call(error))] ?? null;
  // Thrown before anything was sent: by the client about its key.
  return /environment variable|api key|auth token/i.test(error.message)
    ? { failure: 'refused', what: error.message, remedy: 'Set `apiKey` and `endpoint`, or the environment variables.' }
    : null;
}

interface Response {
  /** `Hit`, `Miss`, `Success`, `Error`. */
  readonly type: string;
}

/** The client answers with its errors; they are thrown like those of other clients. */
export async function succeeded<Answer extends Response>(
  answer: Promise<Answer>,
): Promise<Exclude<Answer, { type: 'Error' }>> {
  const response = await answer;
  if (response.type !== 'Error') return response as Exclude<Answer, { type: 'Error' }>;
  throw (response as unknown as { innerException: () => Error }).innerException();
}
