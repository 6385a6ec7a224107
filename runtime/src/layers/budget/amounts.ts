/** What a request can cost, will probably cost, and did cost, in nano-dollars. */
import { isResidentUrl } from '@farthing/shared/hosts';
import { PROVIDER_TABLE } from '@farthing/shared/providers/index';
import type { Attempt } from '../../core/call-log.ts';
import { withBody } from '../../core/exchange.ts';
import type { Exchange } from '../../core/pipeline.ts';
import type { Bound, Prices, RequestSize, Terms } from '../../core/prices.ts';
import { mediaIn } from '../../wire/references.ts';
import { serverUse } from '../../wire/server-use.ts';

/** The output limit, in tokens, that a hard cap sets if a request has none. */
const OUTPUT_LIMIT = 16_384;

/** The request with an output limit: without one, nothing bounds its cost. */
export function withLimit(exchange: Exchange, prices: Prices): Exchange {
  const { codec, facts, provider } = exchange;
  if (facts.outputLimit !== null || facts.model === null) return exchange;
  const limit = prices.model(provider, facts.model)?.maxOutput ?? OUTPUT_LIMIT;
  return withBody(exchange, (body) => codec.withOutputLimit(body, Math.min(limit, OUTPUT_LIMIT), provider));
}

/** The maximum that a request can cost, which a hard cap reserves. */
export function boundOf(exchange: Exchange, prices: Prices): Bound {
  const { codec, provider, facts } = exchange;
  if (codec.isFree === true) return { amount: 0, reason: null };
  if (facts.model === null) return { amount: null, reason: 'it names no model', isUnpriced: false };
  const model = prices.model(provider, facts.model);
  if (model === null) return { amount: null, reason: `the price of "${facts.model}" is unknown`, isUnpriced: true };
  return prices.bound(model, sizeOf(exchange), termsOf(exchange));
}

/** The probable cost of a request, which a soft cap reserves. Null if its price is unknown. */
export function expectedOf(exchange: Exchange, prices: Prices): number | null {
  const { codec, provider, facts } = exchange;
  if (codec.isFree === true) return 0;
  const model = facts.model === null ? null : prices.model(provider, facts.model);
  return model === null ? null : prices.expected(model, sizeOf(exchange), termsOf(exchange));
}

function sizeOf({ codec, payload, facts, provider }: Exchange): RequestSize {
  const { json } = payload;
  const bytes = Buffer.byteLength(payload.text);
  if (json === null) return { bytes, facts };
  const use = serverUse(json, facts.model, PROVIDER_TABLE[provider].takesToolLimit === true);
  const media = mediaIn(json);
  // Most requests are text, and as many tokens as bytes bound them.
  if (codec.maximum === undefined && media.length === 0) return { bytes, facts, use };
  const maximum = codec.maximum === undefined ? { tokens: bytes, fees: {} } : codec.maximum(json);
  // Even a small image may be billed as many tokens, so its bytes do not bound it.
  const names = maximum === null ? ['a form that is not understood'] : media.map(({ name }) => name);
  const { unbounded } = facts;
  // Each medium that is read separately may fill the context.
  const more = codec.readsInputsApart === true ? Math.max(media.length - 1, 0) : 0;
  return {
    bytes: maximum?.tokens ?? bytes,
    facts: unbounded.length > 0 || names.length === 0 ? facts : { ...facts, unbounded: [...new Set(names)] },
    use: { ...use, rounds: use.rounds + more, fees: { ...use.fees, ...maximum?.fees } },
  };
}

function termsOf({ facts, url, batch }: Exchange): Terms {
  return { isResident: facts.mayBeResident === true || isResidentUrl(url), isBatch: batch !== null };
}

/**
 * An answer whose usage is unknown may have cost the maximum, so a hard cap counts all of it. A soft cap counts what is
 * known: the prompt, and the part of the answer that passed.
 */
export function spentOn({ cost, usage }: Attempt, reserved: number, isHeld: boolean): number {
  if (cost === null) return reserved;
  const isPartial = usage === null && cost.basis === 'assumed' && cost.amount > 0;
  return isPartial && isHeld ? Math.max(reserved, cost.amount) : cost.amount;
}

/** Errors of a connection that was never established: the provider received nothing. */
const BEFORE_SENDING = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT', 'EHOSTUNREACH']);

export function wasNeverSent(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : null;
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : null;
  return typeof code === 'string' && BEFORE_SENDING.has(code);
}
