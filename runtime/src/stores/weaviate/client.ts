/** The client of Weaviate, and what its errors mean. */
import type { WeaviateClient } from 'weaviate-client';
import { missingPackage } from '../optional-package.ts';
import { type Meaning, type ServiceClient, serviceClient, statusMeaning } from '../service/client.ts';
import type { WeaviateOptions } from './options.ts';

export type WeaviateSdk = typeof import('weaviate-client');

export interface ConnectedWeaviate {
  readonly client: WeaviateClient;
  readonly sdk: WeaviateSdk;
}

export type WeaviateConnection = ServiceClient<ConnectedWeaviate>;

export function weaviateConnection(options: WeaviateOptions): WeaviateConnection {
  const { client, timeout = 2000 } = options;
  return serviceClient({
    store: 'weaviate',
    timeout,
    connect: async () => {
      const sdk = await loadClient();
      const connected = (client as WeaviateClient | undefined) ?? (await newClient(sdk, options, timeout));
      try {
        // The client asks for the version whenever a collection is named, and does not await the answer: while the
        // server is down, the rejection would end the process. It remembers a version that it knows.
        await connected.getWeaviateVersion();
      } catch (error) {
        if (client === undefined) await connected.close();
        throw error;
      }
      return { sdk, client: connected };
    },
    disconnect: async (connected) => {
      if (client === undefined) await connected.client.close();
    },
    meaningOf,
  });
}

async function loadClient(): Promise<WeaviateSdk> {
  try {
    return await import('weaviate-client');
  } catch (cause) {
    throw missingPackage('weaviate-client', 'weaviate', cause);
  }
}

function newClient(
  sdk: WeaviateSdk,
  { url, grpcUrl, apiKey }: WeaviateOptions,
  timeout: number,
): Promise<WeaviateClient> {
  const http = new URL(url ?? 'http://127.0.0.1:8080');
  const grpc = new URL(grpcUrl ?? `${http.protocol}//${http.hostname}:50051`);
  const seconds = timeout / 1000;
  return sdk.connectToCustom({
    ...{ httpHost: http.hostname, httpPort: portOf(http), httpSecure: http.protocol === 'https:' },
    ...{ grpcHost: grpc.hostname, grpcPort: portOf(grpc), grpcSecure: grpc.protocol === 'https:' },
    ...(apiKey === undefined ? {} : { authCredentials: new sdk.ApiKey(apiKey) }),
    timeout: { init: seconds, query: seconds, insert: seconds },
    // Each call reports its own failure.
    skipInitChecks: true,
  });
}

function portOf({ port, protocol }: URL): number {
  return Number(port || (protocol === 'https:' ? 443 : 80));
}

function meaningOf(error: Error): Meaning | null {
  const { name, message } = error;
  const { code } = error as { code?: unknown };
  if (name === 'WeaviateUnauthenticatedError' || code === 401 || /UNAUTHENTICATED/.test(message)) {
    return statusMeaning(401, message);
  }
  if (name === 'WeaviateInsufficientPermissionsError') return statusMeaning(403, message);
  if (/RESOURCE_EXHAUSTED|read-only|disk usage/i.test(message)) return statusMeaning(507, message);
  if (typeof code === 'number' && code >= 400) return statusMeaning(code, message);
  if (/UNAVAILABLE|DEADLINE|CANCELLED|ECONN|fetch failed|timed out/i.test(message)) return null;
  return name.startsWith('Weaviate') || /^Weaviate/.test(error.constructor.name)
    ? { failure: 'other', what: message, remedy: 'The cause has the details.' }
    : null;
}

/** True for a collection that is not there, or not any more. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && /could not find (class|collection)/i.test(error.message);
}
