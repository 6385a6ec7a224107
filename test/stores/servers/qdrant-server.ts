/**
 * The part of Qdrant's REST interface that its client uses for our vectors, by its published API
 * (https://api.qdrant.tech/api-reference): collections, payload indexes, upsert, query, scroll and delete. It refuses what
 * it does not know, so that a call that Qdrant might take otherwise does not pass here.
 */
import { cosine } from '../../../runtime/src/semantic/vectors/cosine.ts';
import { type Answer, type Asked, type LoopbackService, loopbackService } from './loopback-service.ts';

type Payload = Record<string, unknown>;

interface Point {
  readonly id: string;
  readonly vector: Float32Array;
  readonly payload: Payload;
}

interface Collection {
  readonly size: number;
  readonly points: Map<string, Point>;
}

interface Condition {
  readonly key: string;
  readonly match?: { readonly value: unknown };
  readonly range?: { readonly gt?: number; readonly lte?: number };
}

export interface QdrantServer extends LoopbackService {
  /** Changes what is stored with every point. */
  readonly damage: (change: (payload: Payload) => Payload) => void;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** @param apiKey that requests must have; null takes all */
export async function qdrantServer(apiKey: string | null = null): Promise<QdrantServer> {
  const collections = new Map<string, Collection>();
  const answerOf = (asked: Asked): Answer => {
    if (apiKey !== null && asked.headers['api-key'] !== apiKey) return failed(401, 'Invalid API key or JWT');
    return route(collections, asked);
  };
  const isWrite = ({ method, path }: Asked): boolean => method === 'PUT' && path.endsWith('/points');
  const service = await loopbackService(answerOf, isWrite);
  return Object.assign(service, {
    damage: (change: (payload: Payload) => Payload) => {
      for (const { points } of collections.values()) {
        for (const [id, point] of points) points.set(id, { ...point, payload: change(point.payload) });
      }
    },
  });
}

function route(collections: Map<string, Collection>, { method, path, body }: Asked): Answer {
  const [, root, name = '', ...rest] = path.split('/');
  if (root !== 'collections') return failed(404, 'not found');
  const action = [method, ...rest].join(' ');
  if (name === '') return passed({ collections: [...collections.keys()].map((one) => ({ name: one })) });
  if (action === 'PUT') return create(collections, name, body);
  const collection = collections.get(name);
  if (collection === undefined) return failed(404, `Not found: Collection \`${name}\` doesn't exist!`);
  switch (action) {
    case 'PUT index':
      return passed({ operation_id: 0, status: 'completed' });
    case 'PUT points':
      return upsert(collection, body.points as readonly Point[]);
    case 'POST points query':
      return query(collection, body);
    case 'POST points scroll':
      return scroll(collection, body);
    case 'POST points delete':
      return remove(collection, body);
    default:
      return failed(404, 'not found');
  }
}

function create(collections: Map<string, Collection>, name: string, body: Asked['body']): Answer {
  if (collections.has(name)) return failed(409, `Wrong input: Collection \`${name}\` already exists!`);
  const { size, distance } = body.vectors as { size: number; distance: string };
  if (distance !== 'Cosine') return failed(400, 'only Cosine is known here');
  collections.set(name, { size, points: new Map() });
  return passed(true);
}

function upsert({ size, points }: Collection, added: readonly Point[]): Answer {
  for (const { id, vector } of added) {
    if (!UUID.test(id)) return failed(400, `value ${id} is not a valid point ID`);
    if (vector.length !== size) {
      return failed(400, `Wrong input: Vector dimension error: expected dim: ${size}, got ${vector.length}`);
    }
  }
  for (const { id, vector, payload } of added) points.set(id, { id, vector: Float32Array.from(vector), payload });
  return passed({ operation_id: 1, status: 'completed' });
}

function query({ size, points }: Collection, { query: numbers, filter, limit }: Asked['body']): Answer {
  const vector = Float32Array.from(numbers as number[]);
  if (vector.length !== size) return failed(400, 'Wrong input: Vector dimension error');
  const scored = [...points.values()]
    .filter(({ payload }) => meets(payload, filter))
    .map(({ id, vector: own, payload }) => ({ id, version: 1, score: cosine(vector, own), payload }))
    .sort((one, other) => other.score - one.score);
  return passed({ points: scored.slice(0, limit as number) });
}

/** In the order of ids; the offset is the id that comes first. */
function scroll({ points }: Collection, { filter, limit, offset }: Asked['body']): Answer {
  const found = [...points.values()]
    .filter(({ id, payload }) => meets(payload, filter) && (typeof offset !== 'string' || id >= offset))
    .sort((one, other) => (one.id < other.id ? -1 : 1));
  const page = found.slice(0, limit as number).map(({ id, payload }) => ({ id, payload }));
  return passed({ points: page, next_page_offset: found[limit as number]?.id ?? null });
}

function remove({ points }: Collection, { points: ids, filter }: Asked['body']): Answer {
  if (Array.isArray(ids)) for (const id of ids) points.delete(id);
  else if (filter === undefined) return failed(400, 'neither points nor a filter');
  else for (const { id, payload } of points.values()) if (meets(payload, filter)) points.delete(id);
  return passed({ operation_id: 2, status: 'completed' });
}

function meets(payload: Payload, filter: unknown): boolean {
  const { must = [] } = (filter ?? {}) as { must?: readonly Condition[] };
  return must.every(({ key, match, range }) => {
    const value = payload[key];
    if (match !== undefined) return value === match.value;
    if (range === undefined || typeof value !== 'number') return false;
    return value > (range.gt ?? Number.NEGATIVE_INFINITY) && value <= (range.lte ?? Number.POSITIVE_INFINITY);
  });
}

function passed(result: unknown): Answer {
  return { status: 200, body: { result, status: 'ok', time: 0.001 } };
}

function failed(status: number, error: string): Answer {
  return { status, body: { status: { error }, time: 0.001 } };
}
