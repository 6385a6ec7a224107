/**
 * The part of Momento's gRPC interface that its client uses for our cache, by the definition that the client ships: items with
 * their time to live, and sorted sets. What it does not know is unimplemented.
 */
import { cache } from '@gomomento/generated-types';
import { Metadata, Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData, status } from '@grpc/grpc-js';

const { cache_client: scs } = cache;
const { Hit, Miss, Ok } = scs.ECacheResult;

export interface MomentoServer {
  readonly endpoint: string;
  readonly stop: () => Promise<void>;
  readonly start: () => Promise<void>;
  readonly hold: () => void;
  readonly release: () => void;
  /** Writes end with this code of gRPC; null ends that. */
  readonly refuseWrites: (code: status | null) => void;
  /** Changes the bytes of every item. */
  readonly damage: (change: (bytes: Uint8Array) => Uint8Array) => void;
  /** Forgets all sorted sets, as a cache may. */
  readonly evictSets: () => void;
}

interface Expiring {
  expiresAt: number;
}
interface Item extends Expiring {
  bytes: Uint8Array;
}
interface SortedSet extends Expiring {
  readonly scores: Map<string, number>;
}

type Handler<Request, Response> = (call: ServerUnaryCall<Request, Response>, answer: sendUnaryData<Response>) => void;

const LARGEST = 6_000_000;

/** @param name of the one cache that exists */
export async function momentoServer(name = 'farthing'): Promise<MomentoServer> {
  const items = new Map<string, Item>();
  const sets = new Map<string, SortedSet>();
  let refusal: status | null = null;
  let gate: PromiseWithResolvers<void> | null = null;
  let port = 0;

  const handler =
    <Request, Response>(isWrite: boolean, answerTo: (request: Request) => Response): Handler<Request, Response> =>
    async ({ metadata, request }, answer) => {
      await gate?.promise;
      if (metadata.get('cache')[0] !== name) {
        const trailer = new Metadata();
        trailer.set('err', 'cache_not_found');
        return answer({ code: status.NOT_FOUND, details: 'Cache not found', metadata: trailer });
      }
      if (isWrite && refusal !== null) return answer({ code: refusal, details: 'refused by the test' });
      answer(null, answerTo(request));
    };

  const implementation = { ...itemHandlers(items, handler), ...sortedSetHandlers(sets, handler) };
  const create = (): Server => {
    const created = new Server({ 'grpc.max_receive_message_length': LARGEST, 'grpc.max_send_message_length': LARGEST });
    created.addService(scs.UnimplementedScsService.definition as never, implementation);
    return created;
  };
  let server = create();

  const self: MomentoServer = {
    get endpoint() {
      return `http://127.0.0.1:${port}`;
    },
    async start() {
      server = create();
      port = await new Promise<number>((resolve, reject) => {
        server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error, bound) =>
          error === null ? resolve(bound) : reject(error),
        );
      });
    },
    async stop() {
      self.release();
      server.forceShutdown();
    },
    hold() {
      gate ??= Promise.withResolvers();
    },
    release() {
      gate?.resolve();
      gate = null;
    },
    refuseWrites(code) {
      refusal = code;
    },
    damage(change) {
      for (const item of items.values()) item.bytes = change(item.bytes);
    },
    evictSets: () => sets.clear(),
  };
  await self.start();
  return self;
}

type MakeHandler = <Request, Response>(
  isWrite: boolean,
  answerTo: (request: Request) => Response,
) => Handler<Request, Response>;

/** What has not expired. */
function live<Value extends Expiring>(values: Map<string, Value>, key: Uint8Array): Value | null {
  const value = values.get(keyOf(key));
  return value === undefined || value.expiresAt <= Date.now() ? null : value;
}

const keyOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

function itemHandlers(items: Map<string, Item>, handler: MakeHandler) {
  return {
    Get: handler(false, ({ cache_key }: InstanceType<typeof scs._GetRequest>) => {
      const item = live(items, cache_key);
      return new scs._GetResponse(item === null ? { result: Miss } : { result: Hit, cache_body: item.bytes });
    }),
    Set: handler(true, ({ cache_key, cache_body, ttl_milliseconds }: InstanceType<typeof scs._SetRequest>) => {
      items.set(keyOf(cache_key), { bytes: cache_body, expiresAt: Date.now() + ttl_milliseconds });
      return new scs._SetResponse({ result: Ok });
    }),
    Delete: handler(false, ({ cache_key }: InstanceType<typeof scs._DeleteRequest>) => {
      items.delete(keyOf(cache_key));
      return new scs._DeleteResponse();
    }),
    KeysExist: handler(false, ({ cache_keys }: InstanceType<typeof scs._KeysExistRequest>) => {
      return new scs._KeysExistResponse({ exists: cache_keys.map((key) => live(items, key) !== null) });
    }),
    ItemGetTtl: handler(false, ({ cache_key }: InstanceType<typeof scs._ItemGetTtlRequest>) => {
      const item = live(items, cache_key);
      const { _Found, _Missing } = scs._ItemGetTtlResponse;
      return new scs._ItemGetTtlResponse(
        item === null
          ? { missing: new _Missing() }
          : { found: new _Found({ remaining_ttl_millis: item.expiresAt - Date.now() }) },
      );
    }),
  };
}

function sortedSetHandlers(sets: Map<string, SortedSet>, handler: MakeHandler) {
  return {
    SortedSetPut: handler(true, (request: InstanceType<typeof scs._SortedSetPutRequest>) => {
      const { set_name, elements, ttl_milliseconds, refresh_ttl } = request;
      const expiresAt = Date.now() + ttl_milliseconds;
      const set = live(sets, set_name) ?? { scores: new Map<string, number>(), expiresAt };
      for (const { value, score } of elements) set.scores.set(keyOf(value), score);
      if (refresh_ttl) set.expiresAt = expiresAt;
      sets.set(keyOf(set_name), set);
      return new scs._SortedSetPutResponse();
    }),
    SortedSetFetch: handler(false, ({ set_name, by_score }: InstanceType<typeof scs._SortedSetFetchRequest>) => {
      const set = live(sets, set_name);
      const { _Found, _Missing } = scs._SortedSetFetchResponse;
      if (set === null) return new scs._SortedSetFetchResponse({ missing: new _Missing() });
      const max = by_score.has_max_score ? by_score.max_score.score : Number.POSITIVE_INFINITY;
      const elements = [...set.scores]
        .filter(([, score]) => score <= max)
        .sort(([, one], [, other]) => one - other)
        .slice(0, by_score.count)
        .map(([value, score]) => new scs._SortedSetElement({ value: Buffer.from(value, 'latin1'), score }));
      const values_with_scores = new _Found._ValuesWithScores({ elements });
      return new scs._SortedSetFetchResponse({ found: new _Found({ values_with_scores }) });
    }),
    SortedSetGetScore: handler(false, ({ set_name, values }: InstanceType<typeof scs._SortedSetGetScoreRequest>) => {
      const set = live(sets, set_name);
      const { _SortedSetFound, _SortedSetMissing, _SortedSetGetScoreResponsePart } = scs._SortedSetGetScoreResponse;
      if (set === null) return new scs._SortedSetGetScoreResponse({ missing: new _SortedSetMissing() });
      const elements = values.map((value) => {
        const score = set.scores.get(keyOf(value));
        return new _SortedSetGetScoreResponsePart(score === undefined ? { result: Miss } : { result: Hit, score });
      });
      return new scs._SortedSetGetScoreResponse({ found: new _SortedSetFound({ elements }) });
    }),
    SortedSetRemove: handler(false, ({ set_name, some }: InstanceType<typeof scs._SortedSetRemoveRequest>) => {
      const set = live(sets, set_name);
      for (const value of some.values) set?.scores.delete(keyOf(value));
      if (set?.scores.size === 0) sets.delete(keyOf(set_name));
      return new scs._SortedSetRemoveResponse();
    }),
  };
}
