/** The client of Qdrant, and what its errors mean. */
import type { QdrantClient } from '@qdrant/js-client-rest';
import { missingPackage } from '../optional-package.ts';
import { type Meaning, type ServiceClient, serviceClient, statusMeaning } from '../service/client.ts';
import type { QdrantOptions } from './options.ts';

export type QdrantConnection = ServiceClient<QdrantClient>;

export function qdrantConnection({ url, apiKey, client, timeout = 2000 }: QdrantOptions): QdrantConnection {
  return serviceClient({
    store: 'qdrant',
    timeout,
    connect: async () => {
      if (client !== undefined) return client as unknown as QdrantClient;
      const { QdrantClient } = await loadClient();
      return new QdrantClient({
        url: url ?? 'http://127.0.0.1:6333',
        ...(apiKey === undefined ? {} : { apiKey }),
        timeout,
        // It would write to the console.
        checkCompatibility: false,
      });
    },
    meaningOf,
  });
}

async function loadClient(): Promise<typeof import('@qdrant/js-client-rest')> {
  try {
    return await import('@qdrant/js-client-rest');
  } catch (cause) {
    throw missingPackage('@qdrant/js-client-rest', 'qdrant', cause);
  }
}

function meaningOf(error: Error): Meaning | null {
  const status = statusOf(error);
  return status === null ? null : statusMeaning(status, messageOf(error));
}

/** The status of an answer that was not a success; null for errors of the network. */
export function statusOf(error: unknown): number | null {
  if (typeof error !== 'object' || error === null || !('status' in error)) return null;
  return typeof error.status === 'number' ? error.status : null;
}

/** Qdrant's own words, which its client keeps apart from the message. */
function messageOf(error: Error): string {
  const { data } = error as { data?: { status?: { error?: unknown } } };
  return typeof data?.status?.error === 'string' ? data.status.error : error.message;
}
