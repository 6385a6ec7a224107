/** Refusals by layers: an answer in the provider's own form, a decision in the log, and an event. */

import type { WireError } from '../wire/codec.ts';
import type { Effect, Emit } from './events.ts';
import type { Exchange, Reply } from './pipeline.ts';
import { refusalReply } from './reply.ts';

export interface Refusal {
  readonly layer: string;
  /** No SDK retries 402; 429 is retried after the time in `headers`. */
  readonly status: WireError['status'];
  readonly code: string;
  /** What was requested, what is left, and what to do. */
  readonly why: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** When the reason ends, in milliseconds since the epoch, if that is a moment of the calendar. */
  readonly until?: number;
}

export function refuse(exchange: Exchange, refusal: Refusal, emit: Emit): Reply {
  const { layer, status, code, why, headers, until } = refusal;
  const message = `${code}: ${why}`;
  const { id, context, log, codec } = exchange;
  log.decide({ layer, outcome: 'refused', reason: why, ...(until !== undefined && { until }) });
  emit({ type: 'refused', call: id, layer, feature: context.feature, message });
  return refusalReply({ status, code, message }, codec, headers);
}

/** A refusal because a required layer failed: with status 402, because some SDKs retry a 503 for minutes. */
export function refuseClosed(exchange: Exchange, layer: string, why: string, emit: Emit): Reply {
  return refuse(exchange, { layer, status: 402, code: 'runtime_unavailable', why: `${layer}: ${why}.` }, emit);
}

const STORE_DOWN =
  'its store does not answer, and requests must not be sent without it. Set `onStoreFailure` to let them through';

/** The answer to a call if the store of one of its layers does not respond; null if it goes on without the layer. */
export function storeFailed(
  exchange: Exchange,
  { layer, effect, error }: { readonly layer: string; readonly effect: Effect; readonly error: unknown },
  emit: Emit,
): Reply | null {
  emit({ type: 'store-failed', layer, effect, error });
  return effect === 'open' ? null : refuseClosed(exchange, layer, STORE_DOWN, emit);
}
