/** A request for another target: another model or server, or another format, whose answer is translated back. */
import type { ProviderName } from '@farthing/shared/vocabulary';
import { pathOf, type Target, toTarget } from '../../core/exchange.ts';
import type { Exchange, Reply, Settlement } from '../../core/pipeline.ts';
import type { Prices } from '../../core/prices.ts';
import type { ProviderLookup } from '../../core/provider-lookup.ts';
import { type JsonObject, payloadOfJson } from '../../support/json-body.ts';
import type { FormatName } from '../../translate/format-names.ts';
import { translateStream } from '../../translate/stream.ts';
import { type Direction, formatNamed, translateAnswer, translateRequest } from '../../translate/translate.ts';
import { codecOf } from '../../wire/index.ts';
import { providerError } from './provider-error.ts';

export interface TranslatedTarget extends Target {
  /** The wire format of the server at `baseURL`: requests and answers are translated. Default: the request's. */
  readonly format?: FormatName;
}

export interface RedirectTools {
  readonly providerAt: ProviderLookup;
  readonly prices: Prices;
}

export type Redirected =
  | {
      readonly exchange: Exchange;
      /** The answer in the format of the original request. */
      readonly restore: (reply: Reply) => Promise<Reply>;
      readonly reason: null;
    }
  /** The target cannot take the request: `reason` says what its format has no place for. */
  | { readonly exchange: null; readonly reason: string };

/** For answers that are in the format of the request already. */
export const unchanged = async (reply: Reply): Promise<Reply> => reply;

export function redirect(exchange: Exchange, target: TranslatedTarget, tools: RedirectTools): Redirected {
  try {
    return redirectUnguarded(exchange, target, tools);
  } catch (error) {
    // An error about a key quotes it.
    return cannot(`its key or a header cannot be sent (${error instanceof Error ? error.name : 'an error'})`);
  }
}

/** Who is paid at a target. */
export function providerOfTarget(
  { codec, facts, url, provider }: Exchange,
  { baseURL, format, model }: TranslatedTarget,
  providerAt: ProviderLookup,
): ProviderName {
  if (baseURL === undefined) return provider;
  const tail = formatNamed(format ?? codec.name)?.tail({ model: model ?? facts.model, isStreaming: facts.isStreaming });
  return providerAt(`${baseURL.replace(/\/+$/, '')}${tail ?? codec.tail(pathOf(url))}`);
}

function redirectUnguarded(exchange: Exchange, target: TranslatedTarget, tools: RedirectTools): Redirected {
  const { format } = target;
  if (format === undefined || format === exchange.codec.name) {
    return { exchange: toTarget(exchange, target, tools.providerAt), restore: unchanged, reason: null };
  }
  return toFormat(exchange, target, format, tools);
}

function toFormat(
  exchange: Exchange,
  target: TranslatedTarget,
  format: FormatName,
  { providerAt, prices }: RedirectTools,
): Redirected {
  const { codec, facts, payload, url, log } = exchange;
  const [from, to] = [formatNamed(codec.name), formatNamed(format)];
  const { baseURL = '', model = facts.model, apiKey, headers: more = {} } = target;
  if (from === null || to === null) return cannot(`requests of the format ${codec.name} are not translated`);
  const delivery = codec.delivery(payload, facts, url);
  if (delivery === 'stream') return cannot('only streams of server-sent events are translated');
  const asked = { model, isStreaming: facts.isStreaming };
  const own = `${baseURL.replace(/\/+$/, '')}${to.tail(asked)}`;
  const provider = providerAt(own);
  const maxOutput = model === null ? null : (prices.model(provider, model)?.maxOutput ?? null);
  const translated = translateRequest({ from, to }, payload, asked, maxOutput);
  if (translated.body === null) return cannot(`${format} has no place for ${translated.reason}`);

  const path = pathOf(own);
  const ownCodec = codecOf(path);
  if (ownCodec === null) return cannot(`${own} is not an address of ${format}`);
  const headers = new Headers({ 'content-type': 'application/json', ...to.headers });
  if (apiKey !== undefined) headers.set(...ownCodec.keyHeader(typeof apiKey === 'string' ? apiKey : apiKey()));
  for (const [name, value] of Object.entries(more)) headers.set(name, value);
  const leftOut = new Set(translated.leftOut);
  const ownPayload = payloadOfJson(translated.body);
  const changed: Exchange = {
    ...exchange,
    codec: ownCodec,
    provider,
    url: own,
    headers,
    payload: ownPayload,
    facts: ownCodec.read(ownPayload, path),
  };
  const back: Back = {
    original: exchange,
    direction: { from: to, to: from },
    wantsUsage: delivery === 'sse+usage',
    leaveOut: (what) => {
      if (leftOut.has(what)) return;
      leftOut.add(what);
      log.decide({ layer: 'translate', outcome: 'left-out', reason: `${what}, of the answer` });
    },
  };
  const restore = (reply: Reply): Promise<Reply> => {
    for (const what of translated.leftOut) {
      log.decide({ layer: 'translate', outcome: 'left-out', reason: `${what}: ${format} has no place for it` });
    }
    return restored(reply, changed, back);
  };
  return { exchange: changed, restore, reason: null };
}

function cannot(reason: string): Redirected {
  return { exchange: null, reason };
}

interface Back {
  readonly original: Exchange;
  readonly direction: Direction;
  readonly wantsUsage: boolean;
  /** An answer has been paid for, so it is never refused: what it loses is recorded. */
  readonly leaveOut: (what: string) => void;
}

const encoder = new TextEncoder();

async function restored(reply: Reply, sent: Exchange, back: Back): Promise<Reply> {
  const { body, status } = reply;
  if (reply.origin === 'refusal' || status >= 400) return restoredError(reply, back);
  if (body instanceof ReadableStream) return restoredStream(reply, body, sent, back);
  const settlement = await reply.settled;
  // A body that is not the answer's JSON is passed on as it is.
  if (settlement.json === undefined) return reply;
  const { answer, leftOut } = translateAnswer(back.direction, settlement.json, settlement.usage);
  for (const what of leftOut) back.leaveOut(what);
  return {
    ...reply,
    headers: withType(reply.headers, 'application/json'),
    body: bytesOf(answer),
    settled: Promise.resolve({ ...settlement, json: answer }),
  };
}

/** Errors keep their status, their message and the advice in their headers. */
function restoredError(reply: Reply, { original }: Back): Reply {
  const error = providerError(reply);
  if (error === null) return reply;
  const [code = 'provider_error'] = error.codes;
  const body = original.codec.errorBody({ status: reply.status, code, message: error.message });
  return { ...reply, headers: withType(reply.headers, 'application/json'), body: bytesOf(body) };
}

function restoredStream(
  reply: Reply,
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  sent: Exchange,
  { direction, wantsUsage, leaveOut }: Back,
): Reply {
  const ended = Promise.withResolvers<void>();
  const stream = translateStream(body, {
    direction,
    scanner: sent.codec.scanner(),
    contentType: reply.headers.get('content-type') ?? '',
    wantsUsage,
    leaveOut,
    onEnd: ended.resolve,
  });
  // What the end of the answer says is recorded before the call counts as ended.
  const settled = reply.settled.then(async (settlement): Promise<Settlement> => {
    if (settlement.end === 'complete') await ended.promise;
    return settlement;
  });
  return { ...reply, headers: withType(reply.headers, 'text/event-stream'), body: stream, settled };
}

function withType(given: Headers, type: string): Headers {
  const headers = new Headers(given);
  headers.set('content-type', type);
  return headers;
}

function bytesOf(body: JsonObject): Uint8Array<ArrayBuffer> {
  return encoder.encode(JSON.stringify(body));
}
