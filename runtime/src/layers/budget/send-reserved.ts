/** Sends a request, and settles its reservations when the answer has ended in any way. */
import type { OpenAttempt } from '../../core/call-log.ts';
import type { Emit } from '../../core/events.ts';
import type { Exchange, Reply, Send } from '../../core/pipeline.ts';
import type { MaybePromise } from '../../stores/store.ts';
import { spentOn, wasNeverSent } from './amounts.ts';

export interface Reserved {
  readonly attempt: OpenAttempt;
  readonly amount: number;
  /** True if hard caps count it. */
  readonly isHeld: boolean;
  readonly settle: Settle;
  /** Called when more is settled than the amount, with the settlement in progress. */
  readonly onDearer?: (settling: MaybePromise<unknown>) => void;
}

export type Settle = (spent: number) => MaybePromise<void>;

export async function sendReserved(
  exchange: Exchange,
  reservations: readonly Reserved[],
  next: Send,
  emit: Emit,
): Promise<Reply> {
  const settle = (spentOf: (reserved: Reserved) => number): void => {
    for (const reserved of reservations) {
      const spent = spentOf(reserved);
      const { amount, isHeld } = reserved;
      if (isHeld && spent > amount) emit({ type: 'over-reserved', call: exchange.id, reserved: amount, spent });
      const settling = reserved.settle(spent);
      if (spent > amount) reserved.onDearer?.(settling);
    }
  };
  if (exchange.signal?.aborted) {
    settle(() => 0);
    exchange.signal.throwIfAborted();
  }
  let reply: Reply;
  try {
    reply = await next(exchange);
  } catch (error) {
    settle(({ amount }) => (wasNeverSent(error) ? 0 : amount));
    throw error;
  }
  const settleNow = (): void => settle(({ attempt, amount, isHeld }) => spentOn(attempt, amount, isHeld));
  if (reply.body instanceof ReadableStream) {
    // A flush does not wait for a stream: there is nothing to settle before it ends.
    void reply.settled.then(settleNow);
    return reply;
  }
  settleNow();
  return reply;
}
