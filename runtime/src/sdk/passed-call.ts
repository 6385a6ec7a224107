/** What is visible of a request whatever its body is: its provider and its model. */
import { pathOf } from '../core/exchange.ts';
import type { Exchange } from '../core/pipeline.ts';
import type { ProviderLookup } from '../core/provider-lookup.ts';
import { asString, type Payload, payloadOfJson, payloadOfText } from '../support/json-body.ts';
import { otherCodec } from '../wire/codecs/other.ts';
import { isFreeCall } from '../wire/free-calls.ts';
import { codecOf } from '../wire/index.ts';
import { feeUsage, type Usage } from '../wire/usage.ts';
import type { FetchInput } from './fetch-exchange.ts';
import { isRequest } from './request-forms.ts';

export interface PassedCall extends Pick<Exchange, 'codec' | 'provider' | 'url' | 'headers' | 'facts' | 'payload'> {
  /** What the request alone tells of its use; null where only the answer does. */
  readonly asked: Usage | null;
}

export function passedCallOf(
  input: FetchInput,
  init: RequestInit | undefined,
  headers: Headers,
  providerAt: ProviderLookup,
): PassedCall {
  const url = isRequest(input) ? input.url : String(input);
  const path = pathOf(url);
  const provider = providerAt(url);
  // A body that cannot be read may still be answered in a format that can.
  const codec = codecOf(path) ?? otherCodec;
  const payload = payloadOf(init?.body);
  const facts = { ...codec.read(payload, path), unbounded: otherCodec.read(payload, path).unbounded };
  const isFree = codec.isFree === true || isFreeCall(provider, path);
  const asked = path.endsWith('/audio/speech') ? spoken(payload) : null;
  return { codec: { ...codec, isFree }, provider, url, headers, payload, facts, asked };
}

/** Speech is charged by the characters of its text; the answer is sound, and says nothing. */
function spoken(payload: Payload): Usage | null {
  const text = asString(payload.member('input'));
  return text === null ? null : feeUsage({ character: [...text].length });
}

/** Of a form only the model is asked for: its other fields are files. */
function payloadOf(body: RequestInit['body']): Payload {
  if (typeof body === 'string') return payloadOfText(body) ?? payloadOfJson({});
  const model = body instanceof FormData ? body.get('model') : null;
  return payloadOfJson(typeof model === 'string' ? { model } : {});
}
