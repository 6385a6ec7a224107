/** The outermost layer: turns each call into a result when it has ended, and passes it to the observers. */
import { toDollars } from '@farthing/shared/money';
import type { CallResult } from '../../core/call-result.ts';
import type { Exchange, Layer, Reply, Settlement } from '../../core/pipeline.ts';
import { totalOf } from '../../core/saving-layers.ts';
import { sumCosts } from '../../core/sum-costs.ts';
import type { Telemetry } from '../../observe/open-telemetry.ts';
import { NO_ANSWER } from '../../wire/codec.ts';
import { RESULT_HEADERS } from '../support/result-headers.ts';

export interface ObserveOptions {
  /** Called once per call. If it throws, the call is unaffected. */
  readonly onResult: (result: CallResult, exchange: Exchange) => void;
  readonly telemetry: Telemetry | null;
}

/** @example compose([observe({ onResult: (result) => console.log(result.cost), telemetry: null }), ...], send) */
export function observe({ onResult, telemetry }: ObserveOptions): Layer {
  return (next) =>
    async function observed(exchange) {
      const started = performance.now();
      const endSpan = telemetry?.begin();
      const tell = (result: CallResult): CallResult => {
        onResult(result, exchange);
        endSpan?.(result);
        return result;
      };
      let reply: Reply;
      try {
        reply = await next(exchange);
      } catch (error) {
        const end = exchange.signal?.aborted ? 'cancelled' : 'failed';
        tell(resultOf(exchange, null, { end, usage: null, answer: NO_ANSWER }, started, null));
        throw error;
      }
      const firstByte = performance.now() - started;
      if (reply.body instanceof ReadableStream) {
        void reply.settled.then((settlement) => tell(resultOf(exchange, reply, settlement, started, firstByte)));
        return reply;
      }
      return withResult(reply, tell(resultOf(exchange, reply, await reply.settled, started, firstByte)));
    };
}

function resultOf(
  exchange: Exchange,
  reply: Reply | null,
  { end, usage, answer }: Settlement,
  started: number,
  firstByte: number | null,
): CallResult {
  const { context, log } = exchange;
  const attempt = reply?.attempt ?? log.attempts.at(-1);
  return {
    id: exchange.id,
    feature: context.feature,
    user: context.user,
    tenant: context.tenant,
    team: context.team,
    tags: context.tags,
    session: context.session,
    callSite: context.callSite,
    provider: attempt?.provider ?? exchange.provider,
    endpoint: exchange.codec.name,
    model: attempt?.model ?? exchange.facts.model,
    servedModel: answer.servedModel,
    status: reply?.status ?? 0,
    origin: reply?.origin ?? 'error',
    usage,
    cost: sumCosts(log.attempts.map(({ cost }) => cost)),
    saved: totalOf(log.savings),
    savedBy: log.savings,
    latency: performance.now() - started,
    firstByte,
    attempts: log.attempts.length,
    decisions: log.decisions,
    end,
  };
}

function withResult(reply: Reply, { id, origin, cost, saved, servedModel }: CallResult): Reply {
  const { headers } = reply;
  headers.set(RESULT_HEADERS.call, id);
  headers.set(RESULT_HEADERS.origin, origin);
  if (cost !== null) {
    headers.set(RESULT_HEADERS.cost, String(toDollars(cost.amount)));
    headers.set(RESULT_HEADERS.costBasis, cost.basis);
  }
  if (saved !== null) headers.set(RESULT_HEADERS.saved, String(toDollars(saved)));
  if (servedModel !== null) headers.set(RESULT_HEADERS.model, asHeader(servedModel));
  return reply;
}

/** Header values only hold Latin-1, and a name that a server made up can contain anything. */
function asHeader(text: string): string {
  return /^[ -~]*$/.test(text) ? text : encodeURIComponent(text);
}
