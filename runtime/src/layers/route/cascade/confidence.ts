/** How sure a model was of its answer: the geometric mean of the probabilities of its tokens. */
import { withBody } from '../../../core/exchange.ts';
import type { Exchange } from '../../../core/pipeline.ts';
import { parseObject } from '../../../support/json-body.ts';
import { formatSse, jsonOf } from '../../../wire/framing/sse.ts';
import { logProbabilitiesIn, withoutLogProbabilities } from '../../../wire/log-probabilities.ts';
import type { WholeAnswer } from './whole-answer.ts';

/** From 0 to 1; null if the answer does not say. */
export function confidenceOf({ events }: WholeAnswer): number | null {
  const all = logProbabilitiesIn(jsonOf(events));
  return all.length === 0 ? null : Math.exp(all.reduce((sum, value) => sum + value, 0) / all.length);
}

/** The request, asking for log-probabilities: the same one if it asks by itself, null if its format has none. */
export function askingForLogProbabilities(exchange: Exchange): Exchange | null {
  const { withLogProbabilities } = exchange.codec;
  return withLogProbabilities === undefined ? null : withBody(exchange, withLogProbabilities);
}

const encoder = new TextEncoder();

/** The answer as it would be if the request had not asked for them. */
export function withoutThem(answer: WholeAnswer): WholeAnswer {
  const { reply, settlement } = answer;
  const events = answer.events.map((event) => {
    const json = parseObject(event.data);
    return json === null ? event : { ...event, data: JSON.stringify(withoutLogProbabilities(json)) };
  });
  if (!(reply.body instanceof ReadableStream)) {
    const json = settlement.json === undefined ? undefined : withoutLogProbabilities(settlement.json);
    if (json === undefined) return answer;
    const own = { ...settlement, json };
    const body = encoder.encode(JSON.stringify(json));
    return { ...answer, events, settlement: own, reply: { ...reply, body, settled: Promise.resolve(own) } };
  }
  const isSse = /text\/event-stream/i.test(reply.headers.get('content-type') ?? '');
  if (!isSse) return answer;
  return { ...answer, events, reply: { ...reply, body: new Blob([formatSse(events)]).stream() } };
}
