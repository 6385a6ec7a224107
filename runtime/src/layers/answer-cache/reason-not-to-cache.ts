/** Why an answer is not cached. Only complete, good answers that depend on nothing but the request are. */
import type { Exchange, Reply, Settlement } from '../../core/pipeline.ts';
import { secretsOf } from '../../core/secrets.ts';
import { type JsonObject, parseObject } from '../../support/json-body.ts';
import { contentOf } from '../../wire/answer-content.ts';
import { asksForJson } from '../../wire/asks-for-json.ts';
import { createStreamReader } from '../../wire/framing/stream-reader.ts';
import type { Usage } from '../../wire/usage.ts';
import { MAX_KEPT } from '../support/flights.ts';
import { answerOfBytes, deliveryOf } from './entry.ts';
import type { Policy } from './options.ts';

/** An answer as it arrived. */
export interface Answered {
  readonly exchange: Exchange;
  readonly reply: Reply;
  readonly settlement: Settlement;
  /** Null if the answer was too large to record. */
  readonly bytes: Uint8Array<ArrayBuffer> | null;
  readonly contentType: string;
}

/** In words; null if the answer may be cached. */
export function reasonNotToCache(answered: Answered, { toolCalls, accepts }: Policy): string | null {
  const { exchange, reply, settlement, bytes } = answered;
  const { finish } = settlement.answer;
  if (settlement.end !== 'complete') return 'it did not arrive in full';
  if (exchange.log.isSubstituted) return SUBSTITUTED;
  if (FALLBACK_HEADERS.some((name) => Number(reply.headers.get(name)) > 0)) return SUBSTITUTED;
  if (finish === 'truncated') return 'it is truncated';
  if (finish === 'refused') return 'it is a refusal';
  if (finish === 'unknown') return 'it ended in an unknown way';
  if (bytes === null || bytes.length > MAX_KEPT) return `it has more than ${MAX_KEPT / 1024 / 1024} MiB`;
  if (bytes.length === 0) return 'it is empty';
  // A provider may ignore whether a stream was requested.
  if ((deliveryOf(exchange) === 'json') === reply.body instanceof ReadableStream) {
    return 'it was streamed although a whole answer was requested, or the other way round';
  }
  if (finish === 'tool-calls' && !toolCalls) return CALLS_TOOLS;
  return (
    serverSideWork(settlement.usage) ??
    (isWithoutText(exchange) ? null : reasonIn(answered, bytes, toolCalls)) ??
    (quotesSecret(exchange, bytes, answered.contentType) ? 'it quotes a key from its request' : null) ??
    (accepts === undefined ? null : reasonOfApplication(accepts, answered, bytes))
  );
}

const SUBSTITUTED = 'a different model from the requested one produced it';
/** Gateways number their own fallbacks: LiteLLM, Cloudflare, Helicone. 0 is the requested model. */
const FALLBACK_HEADERS = ['x-litellm-attempted-fallbacks', 'cf-aig-step', 'helicone-fallback-index'];
const CALLS_TOOLS = 'it calls tools';
const IS_SOURCED = 'it depends on a search or another tool at the provider';

/** Fees for parts of the answer itself. All other fees are for tools at the provider. */
const OWN_FEES: ReadonlySet<string> = new Set([
  'image',
  'page',
  'annotated-page',
  'search-unit',
  'character',
  'message',
]);

function serverSideWork(usage: Usage | null): string | null {
  for (const fee in usage?.fees) if (!OWN_FEES.has(fee)) return IS_SOURCED;
  return null;
}

/** True for embeddings, rankings and counts, which have no text to check. */
function isWithoutText({ facts }: Exchange): boolean {
  return facts.outputLimit === 0;
}

/** Many providers end a tool call with `stop` and do not report a search, so the content itself is checked. */
function reasonIn(answered: Answered, bytes: Uint8Array, toolCalls: boolean): string | null {
  const { exchange, settlement, contentType } = answered;
  const events = settlement.json === undefined ? eventsIn(bytes, exchange, contentType) : [settlement.json];
  const { texts, calls, hasMedia, isSourced } = contentOf(events);
  if (isSourced) return IS_SOURCED;
  if (hasMedia) return 'it contains images or audio';
  if (calls.length > 0 && !toolCalls) return CALLS_TOOLS;
  if (calls.some((input) => input !== '' && !isJson(input))) return 'it calls a tool with invalid JSON arguments';
  const written = [...texts.values()].filter((text) => /\S/.test(text));
  const wanted = calls.length > 0 ? 0 : Math.max(1, texts.size);
  if (written.length < wanted) return 'it has no text';
  const { json } = exchange.payload;
  const isJsonWanted = json !== null && asksForJson(json);
  return isJsonWanted && !written.every(isJson) ? 'it is not valid JSON, although JSON was requested' : null;
}

function eventsIn(bytes: Uint8Array, exchange: Exchange, contentType: string): readonly JsonObject[] {
  const events: JsonObject[] = [];
  const add = (text: string): void => {
    const event = parseObject(text);
    if (event !== null) events.push(event);
  };
  if (deliveryOf(exchange) === 'json') add(decoder.decode(bytes));
  else createStreamReader(contentType, ({ data }) => add(data))?.(bytes);
  return events;
}

const decoder = new TextDecoder();

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** An answer that quotes a key is returned but never cached. */
function quotesSecret(exchange: Exchange, bytes: Uint8Array, contentType: string): boolean {
  const text = decoder.decode(bytes);
  return secretsOf(exchange).some((secret) => text.includes(secret) || contentType.includes(secret));
}

function reasonOfApplication(
  accepts: (answer: JsonObject) => unknown,
  { exchange, settlement }: Answered,
  bytes: Uint8Array,
): string | null {
  try {
    const answer = answerOfBytes(bytes, deliveryOf(exchange), settlement.usage, exchange);
    if (answer === null) return 'its stream cannot be converted for `accepts`';
    const isAccepted = accepts(answer);
    if (isAccepted === true) return null;
    return isAccepted === false
      ? '`accepts` returned false'
      : `\`accepts\` must return true or false, but returned ${isAccepted instanceof Promise ? 'a promise' : 'neither'}`;
  } catch {
    return '`accepts` threw an error';
  }
}
