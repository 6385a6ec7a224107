/** What Gemini's formats have in common: errors, headers, parts of a content. */
import type { PromptPart } from '../ask.ts';
import { type JsonObject, listAt, stringAt, textOf } from '../json.ts';
import type { Failure, Route, Wire } from './wire.ts';

/** `models/NAME:method` at the end of a path, whatever stands before it. */
export function routeOf(path: string, methods: readonly string[], query: string): Route | null {
  const [, model, method] = /\/models\/([^/:]+):(\w+)$/.exec(path) ?? [];
  if (model === undefined || method === undefined || !methods.includes(method)) return null;
  const isStream = method.startsWith('stream');
  return {
    model: decodeURIComponent(model),
    isStream,
    variant: isStream && !query.includes('alt=sse') ? 'array' : method,
  };
}

export function partsOf(content: unknown, usualRole: string): PromptPart[] {
  const role = stringAt(content, 'role') ?? usualRole;
  if (typeof content === 'string') return [{ role, text: content }];
  return listAt(content, 'parts').map((part) => ({ role, text: stringAt(part, 'text') ?? textOf(part) }));
}

const KINDS: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  429: 'RESOURCE_EXHAUSTED',
  503: 'UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
};

export function errorBody({ status, message, retryAfter }: Failure): { readonly error: JsonObject } {
  const details =
    retryAfter === null
      ? {}
      : { details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: `${retryAfter}s` }] };
  return { error: { code: status, message, status: KINDS[status] ?? 'INTERNAL', ...details } };
}

export const common: Pick<Wire, 'error' | 'headers' | 'streamType' | 'conversationId'> = {
  error: errorBody,
  headers: () => ({ 'server-timing': 'gfet4t7; dur=1', 'x-frame-options': 'SAMEORIGIN' }),
  conversationId: null,
  streamType: 'text/event-stream',
};
