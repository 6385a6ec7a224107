/**
 * The part of Pinecone's REST interface that its client uses for our vectors, by its published API
 * (https://docs.pinecone.io/reference/api): upsert, query, fetch by metadata and delete, on one index, and the lookup of its
 * host. It refuses what it does not know. Pinecone itself shows a write only after a moment; this shows it at once.
 */
import { cosine } from '../../../runtime/src/semantic/vectors/cosine.ts';
import { type Answer, type Asked, type LoopbackService, loopbackService } from './loopback-service.ts';

type Metadata = Record<string, unknown>;

interface PineconeRecord {
  readonly id: string;
  readonly values: readonly number[];
  readonly metadata: Metadata;
}

export interface PineconeServer extends LoopbackService {
  /** Changes what is stored with every record. */
  readonly damage: (change: (metadata: Metadata) => Metadata) => void;
}

/** gRPC's codes, which errors of the interface name. */
const [INVALID_ARGUMENT, NOT_FOUND] = [3, 5];

export async function pineconeServer(dimension: number, apiKey = 'key'): Promise<PineconeServer> {
  const namespaces = new Map<string, Map<string, PineconeRecord>>();
  const answerOf = (asked: Asked): Answer =>
    asked.headers['api-key'] === apiKey
      ? route(namespaces, dimension, asked)
      : { status: 401, body: { error: { code: 'UNAUTHENTICATED', message: 'Invalid API Key' }, status: 401 } };
  const service = await loopbackService(answerOf, ({ path }) => path === '/vectors/upsert');
  return Object.assign(service, {
    damage: (change: (metadata: Metadata) => Metadata) => {
      for (const records of namespaces.values()) {
        for (const [id, record] of records) records.set(id, { ...record, metadata: change(record.metadata) });
      }
    },
  });
}

function route(namespaces: Map<string, Map<string, PineconeRecord>>, dimension: number, asked: Asked): Answer {
  const { method, path, body } = asked;
  const name = String(body.namespace ?? '');
  const records = namespaces.get(name) ?? new Map<string, PineconeRecord>();
  const action = `${method} ${path}`;
  switch (action) {
    case 'POST /vectors/upsert': {
      const added = body.vectors as readonly PineconeRecord[];
      const wrong = added.find(({ values }) => values.length !== dimension);
      if (wrong !== undefined) return otherDimension(wrong.values.length, dimension);
      for (const record of added) records.set(record.id, record);
      namespaces.set(name, records);
      return passed({ upsertedCount: added.length });
    }
    case 'POST /query': {
      const vector = body.vector as number[];
      return vector.length === dimension ? query(records, vector, body) : otherDimension(vector.length, dimension);
    }
    case 'POST /vectors/fetch_by_metadata':
      return namespaces.has(name) ? fetchByMetadata(records, body) : failed(404, NOT_FOUND, 'Namespace not found');
    case 'POST /vectors/delete':
      if (!namespaces.has(name)) return failed(404, NOT_FOUND, 'Namespace not found');
      for (const id of (body.ids as string[] | undefined) ?? []) records.delete(id);
      for (const { id, metadata } of [...records.values()]) {
        if (body.filter !== undefined && meets(metadata, body.filter)) records.delete(id);
      }
      return passed({});
    default:
      return failed(404, NOT_FOUND, `${action} is not known here`);
  }
}

function query(
  records: Map<string, PineconeRecord>,
  vector: number[],
  { topK, filter, namespace }: Asked['body'],
): Answer {
  const matches = [...records.values()]
    .filter(({ metadata }) => meets(metadata, filter))
    .map(({ id, values, metadata }) => {
      return { id, score: cosine(Float32Array.from(vector), Float32Array.from(values)), metadata };
    })
    .sort((one, other) => other.score - one.score);
  return passed({ matches: matches.slice(0, topK as number), namespace, usage: { readUnits: 1 } });
}

/** In the order of ids; the token is the id before the next page. */
function fetchByMetadata(records: Map<string, PineconeRecord>, body: Asked['body']): Answer {
  const { filter, limit, paginationToken, namespace } = body;
  const found = [...records.values()]
    .filter(
      ({ id, metadata }) => meets(metadata, filter) && (typeof paginationToken !== 'string' || id > paginationToken),
    )
    .sort((one, other) => (one.id < other.id ? -1 : 1));
  const page = found.slice(0, limit as number);
  const next = found.length > page.length ? page.at(-1)?.id : undefined;
  return passed({
    vectors: Object.fromEntries(page.map((record) => [record.id, record])),
    namespace,
    ...(next === undefined ? {} : { pagination: { next } }),
  });
}

type Comparison = Readonly<Record<string, unknown>>;

function meets(metadata: Metadata, filter: unknown): boolean {
  return Object.entries(filter as Record<string, Comparison>).every(([field, comparison]) => {
    const [[operator, value] = ['', null], ...others] = Object.entries(comparison);
    if (others.length > 0) throw new Error(`${field} has several comparisons`);
    const own = metadata[field];
    if (operator === '$eq') return own === value;
    if (typeof own !== 'number' || typeof value !== 'number') return false;
    if (operator === '$gt') return own > value;
    if (operator === '$lte') return own <= value;
    throw new Error(`${operator} is not known here`);
  });
}

function otherDimension(dimension: number, own: number): Answer {
  const text = `Vector dimension ${dimension} does not match the dimension of the index ${own}`;
  return failed(400, INVALID_ARGUMENT, text);
}

function passed(body: object): Answer {
  return { status: 200, body };
}

function failed(status: number, code: number, message: string): Answer {
  return { status, body: { code, message, details: [] } };
}
