/**
 * Rate limits: token buckets of requests and of tokens, shared by all processes of a store. A refusal says exactly when
 * the same request would pass, so that an SDK can retry at that time.
 */

import type { Effect, Emit } from '../../core/events.ts';
import type { Exchange, Layer, Reply, Settlement } from '../../core/pipeline.ts';
import { refuse, storeFailed } from '../../core/refuse.ts';
import { countedAs, describeWhom } from '../../core/scope-key.ts';
import type { Bucket, RateStore, TakeResult } from '../../stores/store.ts';
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

/** Bytes of a request per token, until the provider has counted them. */
const BYTES_PER_TOKEN = 4;

/** @example rateLimit({ limits: [{ per: 'user', requests: 20 }, { per: 'total', tokens: 200_000 }], ... }) */
export function rateLimit({ limits, store, onStoreFailure, emit, background }: RateLimitTools): Layer {
  return (next) =>
    async function rateLimited(exchange) {
      const guess = guessTokens(exchange);
      const buckets = bucketsOf(exchange, limits, guess);
      if (buckets.length === 0) return next(exchange);
      let result: TakeResult;
      try {
        result = await orAborted(store.take(buckets), exchange.signal);
      } catch (error) {
        exchange.signal?.throwIfAborted();
        return storeFailed(exchange, { layer: 'rate-limit', effect: onStoreFailure, error }, emit) ?? next(exchange);
      }
      if (!result.isTaken) return refuseUntil(exchange, result, emit);
      /** Returns what was taken and not used; negative if more was used. */
      const giveBack = (spare: number): void => {
        const tokens = buckets
          .filter(({ key }) => key.endsWith(TOKENS))
          .map((bucket) => ({ ...bucket, amount: spare }));
        if (tokens.length === 0 || spare === 0) return;
        const failed = (error: unknown): void =>
          emit({ type: 'store-failed', layer: 'rate-limit', effect: 'open', error });
        background.add((async () => store.giveBack(tokens))().catch(failed));
      };
      let reply: Reply;
      try {
        reply = await next(exchange);
      } catch (error) {
        // The request counts, because it was made; the tokens of an answer that never began do not.
        giveBack(guess);
        throw error;
      }
      void reply.settled.then((settlement) => giveBack(guess - usedTokens(reply, settlement, guess)));
      return reply;
    };
}

/** Tokens of a request that was refused or failed were not used; if nothing is known, the estimate stays. */
function usedTokens({ status }: Reply, { usage }: Settlement, guess: number): number {
  if (status >= 400) return 0;
  return usage === null ? guess : usage.input + usage.output;
}

const REQUESTS = ' requests';
const TOKENS = ' tokens';

function bucketsOf(exchange: Exchange, limits: readonly Limit[], guess: number): readonly Bucket[] {
  return limits.flatMap((limit): Bucket[] => {
    const key = countedAs(exchange, limit);
    if (key === null) return [];
    const { requests, tokens, seconds } = limit;
    const bucket = (kind: string, capacity: number, amount: number): Bucket => ({
      key: `${key}${kind}`,
      capacity,
      perSecond: capacity / seconds,
      amount,
    });
    return [
      ...(requests === undefined ? [] : [bucket(REQUESTS, requests, 1)]),
      ...(tokens === undefined ? [] : [bucket(TOKENS, tokens, guess)]),
    ];
  });
}

function guessTokens({ payload, facts }: Exchange): number {
  return Math.ceil(payload.text.length / BYTES_PER_TOKEN) + (facts.outputLimit ?? 0);
}

function refuseUntil(exchange: Exchange, { key, retryAfter }: TakeResult & { isTaken: false }, emit: Emit) {
  const kind = key.endsWith(TOKENS) ? 'tokens' : 'requests';
  const whom = describeWhom(key.replace(/ (requests|tokens)$/, ''));
  const milliseconds = Math.max(1, Math.ceil(retryAfter));
  return refuse(
    exchange,
    {
      layer: 'rate-limit',
      status: 429,
      code: 'rate_limited',
      why: `${whom} has no ${kind} left for this request; it would pass in ${(milliseconds / 1000).toFixed(1)} s.`,
      headers: { 'retry-after': String(Math.ceil(milliseconds / 1000)), 'retry-after-ms': String(milliseconds) },
    },
    emit,
  );
}
