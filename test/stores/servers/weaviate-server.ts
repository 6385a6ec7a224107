/**
 * The part of Weaviate's interfaces that its client uses for our vectors: the schema by REST (https://docs.weaviate.io/weaviate/api/rest),
 * and objects by gRPC, by the definition that the client ships. It refuses what it does not know.
 */
import { createServer, type Server, ServerError, Status } from 'nice-grpc';
import {
  type Filters,
  Filters_Operator as Operator,
} from '../../../node_modules/weaviate-client/dist/node/esm/proto/v1/base.js';
import type { BatchObject } from '../../../node_modules/weaviate-client/dist/node/esm/proto/v1/batch.js';
import {
  SearchReply,
  type SearchRequest,
} from '../../../node_modules/weaviate-client/dist/node/esm/proto/v1/search_get.js';
import {
  WeaviateDefinition,
  type WeaviateServiceImplementation,
} from '../../../node_modules/weaviate-client/dist/node/esm/proto/v1/weaviate.js';
import { cosine } from '../../../runtime/src/semantic/vectors/cosine.ts';
import { type Answer, type Asked, loopbackService } from './loopback-service.ts';

type Fields = Record<string, unknown>;

interface Stored {
  readonly uuid: string;
  readonly vector: Float32Array;
  readonly fields: Fields;
}

interface Collection {
  readonly schema: Fields;
  readonly objects: Map<string, Stored>;
}

export interface WeaviateServer {
  readonly url: string;
  readonly grpcUrl: string;
  readonly stop: () => Promise<void>;
  readonly start: () => Promise<void>;
  readonly hold: () => void;
  readonly release: () => void;
  readonly refuseWrites: (code: Status | null) => void;
  readonly damage: (change: (fields: Fields) => Fields) => void;
}

/** What the server adds to a class of which the client has given nothing else. */
const DEFAULTS = {
  vectorIndexType: 'hnsw',
  multiTenancyConfig: { enabled: false },
  replicationConfig: { factor: 1, asyncEnabled: false },
  invertedIndexConfig: {
    bm25: { b: 0.75, k1: 1.2 },
    cleanupIntervalSeconds: 60,
    stopwords: { preset: 'en', additions: [], removals: [] },
  },
  shardingConfig: {
    ...{ virtualPerPhysical: 128, desiredCount: 1, actualCount: 1, desiredVirtualCount: 128, actualVirtualCount: 128 },
    ...{ key: '_id', strategy: 'hash', function: 'murmur3' },
  },
};
const HNSW = {
  ...{ cleanupIntervalSeconds: 300, dynamicEfMin: 100, dynamicEfMax: 500, dynamicEfFactor: 8, ef: -1 },
  ...{ efConstruction: 128, filterStrategy: 'sweeping', flatSearchCutoff: 40_000, maxConnections: 32, skip: false },
  ...{ vectorCacheMaxObjects: 1e12 },
};

/** @param apiKey that requests must have; null takes all */
export async function weaviateServer(apiKey: string | null = null): Promise<WeaviateServer> {
  const collections = new Map<string, Collection>();
  const rest = await loopbackService(
    (asked) => restAnswer(collections, apiKey, asked),
    () => false,
  );
  let refusal: Status | null = null;
  let gate: PromiseWithResolvers<void> | null = null;
  let port = 0;
  let grpc: Server;

  const collectionOf = (name: string): Collection => {
    const found = collections.get(name);
    if (found === undefined) throw new ServerError(Status.UNKNOWN, `could not find class ${name} in schema`);
    return found;
  };

  const implementation: Partial<WeaviateServiceImplementation> = {
    async search(request) {
      await gate?.promise;
      return SearchReply.fromPartial({ results: search(collectionOf(request.collection), request) });
    },
    async batchObjects({ objects }) {
      await gate?.promise;
      if (refusal !== null) throw new ServerError(refusal, 'refused by the test');
      for (const object of objects) collectionOf(object.collection).objects.set(object.uuid, storedOf(object));
      return { took: 0, errors: [] };
    },
    async batchDelete({ collection, filters }) {
      await gate?.promise;
      const { objects } = collectionOf(collection);
      const found = [...objects.values()].filter((object) => meets(object, filters));
      for (const { uuid } of found) objects.delete(uuid);
      return { took: 0, failed: 0, matches: found.length, successful: found.length, objects: [] };
    },
  };

  const startGrpc = async (): Promise<void> => {
    grpc = createServer();
    grpc.add(WeaviateDefinition, { ...unimplemented(), ...implementation } as WeaviateServiceImplementation);
    port = await grpc.listen(`127.0.0.1:${port}`);
  };
  await startGrpc();

  const server: WeaviateServer = {
    get url() {
      return rest.url;
    },
    get grpcUrl() {
      return `http://127.0.0.1:${port}`;
    },
    async start() {
      await rest.start();
      await startGrpc();
    },
    async stop() {
      server.release();
      grpc.forceShutdown();
      await rest.stop();
    },
    hold() {
      gate ??= Promise.withResolvers();
      rest.hold();
    },
    release() {
      gate?.resolve();
      gate = null;
      rest.release();
    },
    refuseWrites(code) {
      refusal = code;
    },
    damage(change) {
      for (const { objects } of collections.values()) {
        for (const [uuid, object] of objects) objects.set(uuid, { ...object, fields: change(object.fields) });
      }
    },
  };
  return server;
}

function unimplemented(): object {
  const refuse = async () => {
    throw new ServerError(Status.UNIMPLEMENTED, 'not known here');
  };
  return Object.fromEntries(Object.keys(WeaviateDefinition.methods).map((name) => [name, refuse]));
}

function restAnswer(collections: Map<string, Collection>, apiKey: string | null, asked: Asked): Answer {
  const { method, path, body, headers } = asked;
  if (apiKey !== null && headers.authorization !== `Bearer ${apiKey}`) {
    return { status: 401, body: { code: 401, message: 'unauthorized: invalid api key' } };
  }
  const name = String(body.class ?? '');
  switch (`${method} ${path}`) {
    case 'GET /v1/meta':
      return { status: 200, body: { hostname: asked.path, version: '1.33.0', modules: {} } };
    case 'GET /v1/schema':
      return { status: 200, body: { classes: [...collections.values()].map(({ schema }) => schema) } };
    case 'POST /v1/schema': {
      if (collections.has(name)) return failed(422, `class name ${name} already exists`);
      const { distance } = body.vectorIndexConfig as { distance: string };
      if (distance !== 'cosine' || body.vectorizer !== 'none') return failed(422, 'not known here');
      const schema = { ...DEFAULTS, ...body, vectorIndexConfig: { ...HNSW, distance } };
      collections.set(name, { schema, objects: new Map() });
      return { status: 200, body: schema };
    }
    default: {
      const found = method === 'GET' ? collections.get(/^\/v1\/schema\/(\w+)$/.exec(path)?.[1] ?? '') : undefined;
      return found === undefined
        ? failed(404, `${method} ${path} is not known here`)
        : { status: 200, body: found.schema };
    }
  }
}

function failed(status: number, message: string): Answer {
  return { status, body: { error: [{ message }] } };
}

function storedOf({ uuid, vectorBytes, vectors, properties }: BatchObject): Stored {
  const bytes = vectorBytes.length > 0 ? vectorBytes : (vectors[0]?.vectorBytes ?? new Uint8Array());
  return { uuid, vector: numbersOf(bytes), fields: { ...properties?.nonRefProperties } };
}

function search({ objects }: Collection, { nearVector, filters, limit, after }: SearchRequest) {
  const found = [...objects.values()].filter((object) => meets(object, filters));
  if (nearVector === undefined) {
    if (filters !== undefined) throw new ServerError(Status.INVALID_ARGUMENT, 'a cursor takes no filter');
    const page = found.filter(({ uuid }) => uuid > after).sort((one, other) => (one.uuid < other.uuid ? -1 : 1));
    return page.slice(0, limit).map((object) => resultOf(object, null));
  }
  const vector = numbersOf(nearVector.vectors[0]?.vectorBytes ?? nearVector.vectorBytes);
  return found
    .map((object) => ({ object, distance: 1 - cosine(vector, object.vector) }))
    .sort((one, other) => one.distance - other.distance)
    .slice(0, limit)
    .map(({ object, distance }) => resultOf(object, distance));
}

function resultOf({ uuid, fields }: Stored, distance: number | null) {
  const values = Object.entries(fields).map(([name, value]) => {
    return [name, typeof value === 'number' ? { numberValue: value } : { textValue: String(value) }];
  });
  const metadata = { id: uuid, idAsBytes: Uint8Array.from(Buffer.from(uuid.replaceAll('-', ''), 'hex')) };
  return {
    properties: { nonRefProps: { fields: Object.fromEntries(values) } },
    metadata: { ...metadata, ...(distance === null ? {} : { distance, distancePresent: true }) },
  };
}

/** 32-bit numbers, the lowest byte first. */
function numbersOf(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: bytes.byteLength / 4 }, (_, at) => view.getFloat32(at * 4, true));
}

function meets(object: Stored, filter: Filters | undefined): boolean {
  if (filter === undefined) return true;
  const { operator, filters, target, valueText, valueTextArray } = filter;
  if (operator === Operator.OPERATOR_AND) return filters.every((one) => meets(object, one));
  const own = target?.property === '_id' ? object.uuid : object.fields[target?.property ?? ''];
  const number = filter.valueNumber ?? filter.valueInt;
  switch (operator) {
    case Operator.OPERATOR_EQUAL:
      return own === valueText;
    case Operator.OPERATOR_CONTAINS_ANY:
      return valueTextArray?.values.includes(String(own)) === true;
    case Operator.OPERATOR_GREATER_THAN:
      return Number(own) > Number(number);
    case Operator.OPERATOR_LESS_THAN_EQUAL:
      return Number(own) <= Number(number);
    default:
      throw new ServerError(Status.INVALID_ARGUMENT, `the operator ${operator} is not known here`);
  }
}
