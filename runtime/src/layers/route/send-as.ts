/** Sends a request to the target that a strategy chose, and records the choice. */
import type { Exchange, Reply, Send } from '../../core/pipeline.ts';
import { type RedirectTools, redirect } from '../support/redirect.ts';
import type { Comparison } from './comparison.ts';
import type { Choice } from './strategy.ts';

export interface SendTools extends RedirectTools {
  /** In shadow mode the choice is recorded and the request is sent unchanged. */
  readonly isShadow: boolean;
}

export async function sendAs(
  exchange: Exchange,
  next: Send,
  { tier, target, reason }: Choice,
  comparison: Comparison,
  { isShadow, ...tools }: SendTools,
): Promise<Reply> {
  const { model } = target;
  const redirected = redirect(exchange, target, tools);
  if (redirected.exchange === null) {
    exchange.log.decide({
      layer: 'route',
      outcome: 'skipped',
      isShadow,
      reason: `${model} cannot be asked: ${redirected.reason}`,
    });
    return next(exchange);
  }
  exchange.log.decide({ layer: 'route', outcome: 'routed', tier, model, isShadow, reason });
  if (isShadow) return next(exchange);
  return comparison.enter(await redirected.restore(await next(redirected.exchange)), model);
}
