/**
 * Rate limits: token buckets of requests and of tokens, shared by all processes of a store. A refusal says exactly when
 * the same request would pass, so that an SDK can retry at that time.
 */

import type { Effect, Emit } from '../../core/events.ts';
import type { Exchange, Layer, Reply, Settlement } from '../../core/pipeline.ts';
import { BYTES_PER_TOKEN } from '../../core/prices.ts';
import { refuse, storeFailed } from '../../core/refuse.ts';
import { countedBy, describeScope } from '../../core/scope-key.ts';
import type { Bucket, MaybePromise, RateStore, TakeResult } from '../../stores/store.ts';
import { orAborted } from '../../support/abort.ts';
import type { Background } from '../../support/background.ts';
import type { Filled } from '../../support/schema.ts';
import type { RateOptions } from './options.ts';

type Limit = Filled<RateOptions, 'seconds'>;

export interface RateLimitTools {
  readonly limits: readonly Limit[];
  readonly store: RateStore;
  readonly onStoreFailure: Effect;
  readonly emit: Emit;
  readonly background: Background;
}

/** @example rateLimit({ limits: [{ per: 'user', requests: 20 }, { per: 'total', tokens: 200_000 }], ... }) */
export function rateLimit({ limits, store, onStoreFailure, emit, background }: RateLimitTools): Layer {
  const rules = rulesOf(limits);
  return (next) =>
    async function rateLimited(exchange) {
      const guess = guessTokens(exchange);
      const buckets = bucketsOf(exchange, rules, guess);
      if (buckets.length === 0) return next(exchange);
      const giveBack = (spare: readonly Bucket[]): void => giveBackTo(store, spare, { emit, background });
      let taking: MaybePromise<TakeResult> | null = null;
      let result: TakeResult;
      try {
        taking = store.take(buckets);
        result = await orAborted(taking, exchange.signal);
      } catch (error) {
        // The store may take them all the same, for a request that is never made.
        if (exchange.signal?.aborted) background.add(whenTaken(taking, () => giveBack(buckets)));
        exchange.signal?.throwIfAborted();
        return storeFailed(exchange, { layer: 'rate-limit', effect: onStoreFailure, error }, emit) ?? next(exchange);
      }
      if (!result.isTaken) {
        const { key, retryAfter } = result;
        const empty = buckets.find((bucket) => bucket.key === key) as LimitBucket;
        return refuseUntil(exchange, empty, retryAfter, emit);
      }
      const tokens = buckets.filter(({ kind }) => kind === 'tokens');
      if (tokens.length === 0) return next(exchange);
      /** Returns what was taken and not used; negative if more was used. */
      const giveBackTokens = (spare: number): void => {
        if (spare !== 0) giveBack(tokens.map((bucket) => ({ ...bucket, amount: spare })));
      };
      let reply: Reply;
      try {
        reply = await next(exchange);
      } catch (error) {
        // The request counts, because it was made; the tokens of an answer that never began do not.
        giveBackTokens(guess);
        throw error;
      }
      void reply.settled.then((settlement) => giveBackTokens(guess - usedTokens(reply, settlement, guess)));
      return reply;
    };
}

function giveBackTo(
  store: RateStore,
  spare: readonly Bucket[],
  tools: Pick<RateLimitTools, 'emit' | 'background'>,
): void {
  const failed = (error: unknown): void =>
    tools.emit({ type: 'store-failed', layer: 'rate-limit', effect: 'open', error });
  tools.background.add((async () => store.giveBack(spare))().catch(failed));
}

/** A failed taking has taken nothing. */
async function whenTaken(taking: MaybePromise<TakeResult> | null, action: () => void): Promise<void> {
  const result = await (async () => taking)().catch(() => null);
  if (result?.isTaken) action();
}

/** Tokens of a request that was refused or failed were not used; if nothing is known, the guess stands. */
function usedTokens({ status }: Reply, { usage }: Settlement, guess: number): number {
  if (status >= 400) return 0;
  return usage === null ? guess : usage.input + usage.output;
}

const KINDS = ['requests', 'tokens'] as const;
type Kind = (typeof KINDS)[number];

/** One of the two things that a limit can count. */
interface Rule extends Limit {
  readonly kind: Kind;
  readonly capacity: number;
}

function rulesOf(limits: readonly Limit[]): readonly Rule[] {
  return limits.flatMap((limit) =>
    KINDS.flatMap((kind): Rule[] => {
      const capacity = limit[kind];
      return capacity === undefined ? [] : [{ ...limit, kind, capacity }];
    }),
  );
}

/** Limits on the same thing over different times have separate buckets; over the same time, the lowest applies. */
function bucketsOf(exchange: Exchange, rules: readonly Rule[], guess: number): readonly LimitBucket[] {
  const buckets = new Map<string, LimitBucket>();
  for (const { rule, key: scope } of countedBy(
    exchange,
    rules,
    (a, b) => a.kind === b.kind && a.seconds === b.seconds,
  )) {
    const { kind, capacity, seconds } = rule;
    const key = `${scope} ${kind} in ${seconds} s`;
    const known = buckets.get(key);
    if (known !== undefined && known.capacity <= capacity) continue;
    const amount = kind === 'requests' ? 1 : guess;
    buckets.set(key, { key, capacity, perSecond: capacity / seconds, amount, scope, kind });
  }
  return [...buckets.values()];
}

/** A bucket, and what it counts. */
interface LimitBucket extends Bucket {
  readonly scope: string;
  readonly kind: Kind;
}

function guessTokens({ payload, facts }: Exchange): number {
  return Math.ceil(payload.text.length / BYTES_PER_TOKEN) + (facts.outputLimit ?? 0);
}

function refuseUntil(exchange: Exchange, { scope, kind }: LimitBucket, retryAfter: number, emit: Emit): Reply {
  const milliseconds = Math.max(1, Math.ceil(retryAfter));
  return refuse(
    exchange,
    {
      layer: 'rate-limit',
      status: 429,
      code: 'rate_limited',
      why: `${describeScope(scope)} has no ${kind} left for this request; it would pass in ${(milliseconds / 1000).toFixed(1)} s.`,
      headers: { 'retry-after': String(Math.ceil(milliseconds / 1000)), 'retry-after-ms': String(milliseconds) },
    },
    emit,
  );
}
