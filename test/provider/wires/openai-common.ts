/** What OpenAI's formats have in common: errors, headers, cache markers. */
import type { Ask } from '../ask.ts';
import { at, type JsonObject, listAt, numberAt, stringAt } from '../json.ts';
import type { Failure, Wire } from './wire.ts';

/** The same answer always carries the same time, so that answers can be compared. */
export const CREATED = 1_767_323_045;

const HALF_AN_HOUR = 30 * 60_000;
const TWELVE_HOURS = 12 * 60 * 60_000;

/** The lifetime of a block that is marked as the end of a prefix. */
export function cacheMarker(block: unknown, body: JsonObject): number | undefined {
  if (stringAt(block, 'prompt_cache_breakpoint', 'mode') === null) return undefined;
  const lifetime = stringAt(block, 'prompt_cache_breakpoint', 'ttl') ?? stringAt(body, 'prompt_cache_options', 'ttl');
  return lifetime === '12h' ? TWELVE_HOURS : HALF_AN_HOUR;
}

/** Writes cost more with the models that take cache options: here, where a request has them. */
export function caching(body: JsonObject): Pick<Ask, 'caching' | 'isWriteBilled'> {
  const isExplicit = stringAt(body, 'prompt_cache_options', 'mode') === 'explicit';
  return { caching: isExplicit ? 'marked' : 'automatic', isWriteBilled: 'prompt_cache_options' in body };
}

/** What besides the prompt changes an answer. */
export function steering(body: JsonObject): readonly unknown[] {
  return STEERING.map((name) => body[name] ?? null);
}

const STEERING = [
  'temperature',
  'top_p',
  'seed',
  'stop',
  'presence_penalty',
  'frequency_penalty',
  'logit_bias',
  'tool_choice',
  'response_format',
  'text',
  'reasoning',
  'reasoning_effort',
  'verbosity',
];

export function declaredTools(body: JsonObject): { readonly name: string | null; readonly schema: unknown }[] {
  return listAt(body, 'tools').map((tool) => {
    const declared = at(tool, 'function') ?? tool;
    return { name: stringAt(declared, 'name'), schema: at(declared, 'parameters') };
  });
}

/** The real API refuses more. */
const MAX_CHOICES = 128;

export function choicesOf(body: JsonObject): number {
  return Math.min(MAX_CHOICES, Math.max(1, numberAt(body, 'n') ?? 1));
}

const KINDS: Readonly<Record<number, { readonly type: string; readonly code: string | null }>> = {
  400: { type: 'invalid_request_error', code: null },
  401: { type: 'invalid_request_error', code: 'invalid_api_key' },
  402: { type: 'insufficient_quota', code: 'insufficient_quota' },
  404: { type: 'invalid_request_error', code: 'not_found' },
  429: { type: 'requests', code: 'rate_limit_exceeded' },
};

export function errorBody({ status, message }: Failure): { readonly error: JsonObject } {
  const { type, code } = KINDS[status] ?? { type: 'server_error', code: null };
  return { error: { message, type, param: null, code } };
}

/** What the formats of this provider share as they are. */
export const common: Pick<Wire, 'error' | 'headers' | 'streamType' | 'conversationId'> = {
  error: errorBody,
  headers: (id) => ({ 'x-request-id': `req_${id}`, 'openai-version': '2020-10-01', 'openai-processing-ms': '1' }),
  conversationId: null,
  streamType: 'text/event-stream; charset=utf-8',
};
