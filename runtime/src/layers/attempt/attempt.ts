/**
 * Attempts: a request that fails is sent again, or to the next target of its chain. Without options a request is sent
 * once and its failure is the SDK's to handle; with them the last failure tells the SDK that all was tried, so that
 * retries never multiply.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { Exchange, Layer, Reply, Send } from '../../core/pipeline.ts';
import type { Prices } from '../../core/prices.ts';
import type { ProviderLookup } from '../../core/provider-lookup.ts';
import { refusalReply } from '../../core/reply.ts';
import { secretsOf, withoutSecrets } from '../../core/secrets.ts';
import type { Filled } from '../../support/schema.ts';
import { type Redirected, redirect, type TranslatedTarget, unchanged } from '../support/redirect.ts';
import { createBreakers } from './breakers.ts';
import { judge } from './judge.ts';
import type { AttemptOptions } from './options.ts';
import { delayBefore, hasFailed } from './retry.ts';

export interface AttemptTools extends Filled<AttemptOptions, 'retries' | 'failover' | 'failoverOn'> {
  readonly providerAt: ProviderLookup;
  readonly prices: Prices;
}

type Asking = Extract<Redirected, { readonly reason: null }>;

function asItIs(exchange: Exchange): Asking {
  return { exchange, restore: unchanged, reason: null };
}

type Outcome =
  /** `why` is null for an answer, and for a failure that its status or its end tells. */
  | { readonly reply: Reply; readonly error: null; readonly why: string | null }
  /** `why` is the error in words, without the keys that it quotes. */
  | { readonly reply: null; readonly error: unknown; readonly why: string };

/** @example attempt({ retries: 2, failover: { 'gpt-6-luna': [{ model: 'llama-4', baseURL: 'https://api.groq.com/openai/v1', apiKey }] } }) */
export function attempt(options: AttemptTools): Layer | null {
  const { retries, failover, failoverOn, breaker = null, timeout, providerAt, prices } = options;
  const breakers = breaker === null ? null : createBreakers(breaker);
  const isForAll = retries > 0 || breakers !== null || timeout !== undefined;
  if (!isForAll && Object.keys(failover).length === 0) return null;

  return (next) =>
    async function attempted(exchange) {
      const { model } = exchange.facts;
      const chain = model !== null && Object.hasOwn(failover, model) ? (failover[model] ?? []) : [];
      if ((!isForAll && chain.length === 0) || exchange.context.bypass) return next(exchange);

      let last: Outcome | null = null;
      let restore = unchanged;
      for (const [index, other] of [null, ...chain].entries()) {
        const asking = other === null ? asItIs(exchange) : asked(exchange, other, index);
        if (asking === null) continue;
        const own = asking.exchange;
        if (index > 0) {
          const target = nameOf(own);
          exchange.log.decide({ layer: 'attempt', outcome: 'failed-over', target, reason: describe(last) });
          exchange.log.markSubstituted();
        }
        const outcome = await tryTarget(own, next);
        if (outcome === null) continue;
        if (last !== null) await discard(last);
        last = outcome;
        restore = asking.restore;
        if (outcome.reply === null || isFailed(outcome)) continue;
        if (index === chain.length) return restore(outcome.reply);
        const { reply, why } = await judge(outcome.reply, own, failoverOn);
        own.signal?.throwIfAborted();
        if (why === null) return restore(reply);
        last = { reply, error: null, why };
      }
      return restore(finalFailure(exchange, last));
    };

  /** Null if the request cannot be created or translated: an error about a key must not quote it. */
  function asked(exchange: Exchange, target: TranslatedTarget, index: number): Asking | null {
    const redirected = redirect(exchange, target, { providerAt, prices });
    if (redirected.exchange !== null) return redirected;
    decide(exchange, 'skipped', `target ${index} cannot be asked: ${redirected.reason}`);
    return null;
  }

  /** The last outcome at one target; null where its circuit is open and nothing was sent. */
  async function tryTarget(exchange: Exchange, next: Send): Promise<Outcome | null> {
    for (let round = 0; ; round++) {
      const action = (): Promise<Reply> => sendWithin(exchange, timeout, next);
      const outcome = await outcomeOf(
        exchange,
        () => breakers?.run(nameOf(exchange), action, exchange.signal) ?? action(),
      );
      if (breakers?.isOpenError(outcome.error)) {
        decide(exchange, 'skipped', `${nameOf(exchange)} failed too often and is skipped for a while`);
        return null;
      }
      exchange.signal?.throwIfAborted();
      if (!isFailed(outcome) || round >= retries) return outcome;
      const delay = delayBefore(round, outcome.reply);
      if (delay === null) return outcome;
      decide(exchange, 'retried', describe(outcome));
      await discard(outcome);
      await wait(delay, undefined, exchange.signal === null ? {} : { signal: exchange.signal });
    }
  }
}

async function outcomeOf(exchange: Exchange, action: () => Promise<Reply>): Promise<Outcome> {
  try {
    return { reply: await action(), error: null, why: null };
  } catch (error) {
    return { reply: null, error, why: withoutSecrets(String(error), secretsOf(exchange)) };
  }
}

function isFailed({ reply }: Outcome): boolean {
  return reply === null || hasFailed(reply);
}

/** The caller's signal may be that of a whole server: nothing stays on it when the answer has ended, in whatever way. */
async function sendWithin(exchange: Exchange, timeout: number | undefined, next: Send): Promise<Reply> {
  if (timeout === undefined) return next(exchange);
  const controller = new AbortController();
  const stop = (): void => controller.abort(exchange.signal?.reason);
  const forget = (): void => exchange.signal?.removeEventListener('abort', stop);
  if (exchange.signal?.aborted) stop();
  else exchange.signal?.addEventListener('abort', stop, { once: true });
  const message = `The provider did not begin its answer within ${timeout / 1000} s.`;
  const timer = setTimeout(() => controller.abort(new DOMException(message, 'TimeoutError')), timeout);
  try {
    const reply = await next({ ...exchange, signal: controller.signal });
    // The caller can stop a stream for as long as it runs.
    if (reply.body instanceof ReadableStream) void reply.settled.then(forget);
    else forget();
    return reply;
  } catch (error) {
    forget();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** What the SDK gets in the end: the provider's own last words, with the advice not to try again. */
function finalFailure(exchange: Exchange, last: Outcome | null): Reply {
  if (last?.reply) {
    last.reply.headers.set('x-should-retry', 'false');
    return last.reply;
  }
  const why = last === null ? 'every target is skipped after too many failures' : last.why;
  const message = `provider_unavailable: ${why}. ${exchange.log.attempts.length} requests were sent.`;
  const error = { status: 503, code: 'provider_unavailable', message };
  return refusalReply(error, exchange.codec, { 'x-should-retry': 'false' });
}

async function discard({ reply }: Outcome): Promise<void> {
  if (reply?.body instanceof ReadableStream) await reply.body.cancel().catch(() => {});
}

function describe(outcome: Outcome | null): string | null {
  if (outcome === null) return null;
  if (outcome.why !== null || outcome.reply === null) return outcome.why;
  return outcome.reply.isBroken ? 'the answer broke off' : `status ${outcome.reply.status}`;
}

function decide({ log }: Exchange, outcome: 'retried' | 'skipped', reason: string | null): void {
  log.decide({ layer: 'attempt', outcome, reason });
}

/** Whose failures count together. */
function nameOf({ provider, facts, url }: Exchange): string {
  return `${facts.model ?? 'a model'} at ${provider === 'openai-compatible' ? URL.parse(url)?.host : provider}`;
}
