/** A request whose reservations are settled when its answer has ended, however that was. */
import type { OpenAttempt } from '../../core/call-log.ts';
import type { Emit } from '../../core/events.ts';
import type { Exchange, Reply, Send } from '../../core/pipeline.ts';
import { spentOn, wasNeverSent } from './amounts.ts';

export interface Reserved {
  readonly attempt: OpenAttempt;
  readonly amount: number;
  /** True where hard caps count it. */
  readonly isHeld: boolean;
  readonly settle: Settle;
  /** Told of a settlement above the amount, which is on its way. */
  readonly onDearer?: (settling: Promise<unknown>) => void;
}

export type Settle = (spent: number) => Promise<void>;

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
    // Not before it has ended is there anything that a flush could wait for.
    void reply.settled.then(settleNow);
    return reply;
  }
  settleNow();
  return reply;
}
