/** Refusals of layers: an answer in the provider's own form, a decision in the record, and an event. */
import type { Emit } from './events.ts';
import type { Exchange, Reply } from './pipeline.ts';
import { refusalReply } from './reply.ts';
import type { WireError } from './wire/codec.ts';

export interface Refusal {
  readonly layer: string;
  /** 402 is retried by no SDK; 429 is, after what `headers` say. */
  readonly status: WireError['status'];
  readonly code: string;
  /** What was asked, what is left, and what to do. */
  readonly why: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export function refuse(exchange: Exchange, { layer, status, code, why, headers }: Refusal, emit: Emit): Reply {
  const message = `${code}: ${why}`;
  const { id, context, record, codec } = exchange;
  record.decisions.push({ layer, outcome: 'refused', isShadow: false, reason: why });
  emit({ type: 'refused', call: id, layer, feature: context.feature, message });
  return refusalReply({ status, code, message }, codec, headers);
}
