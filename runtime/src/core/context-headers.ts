/** The context of one call as request headers, for callers that lose the async context on the way to `fetch`. */
import { hash, timingSafeEqual } from 'node:crypto';
import { percentDecoded } from '../support/percent.ts';
import { type CallContext, type CallOptions, mergeContext, readContext } from './context.ts';

const PREFIX = 'x-farthing-';
const HEADERS: Readonly<Record<string, keyof CallContext>> = {
  feature: 'feature',
  user: 'user',
  tenant: 'tenant',
  team: 'team',
  tags: 'tags',
  session: 'session',
  budget: 'budget',
  'call-site': 'callSite',
  priority: 'priority',
  bypass: 'bypass',
  'no-store': 'noStore',
};
const FLAGS: ReadonlySet<keyof CallContext> = new Set(['bypass', 'noStore']);

/** Proves that headers come from the application, and not from one of its users. */
const SECRET = `${PREFIX}secret`;

export interface Trust {
  /** True for clients that the meter wrapped: their headers come from the application. */
  readonly isOwnClient: boolean;
  readonly secret: string;
  /** Called with the headers that were ignored. */
  readonly onIgnored: (names: readonly string[]) => void;
}

export interface Contextual {
  readonly context: CallContext;
  readonly headers: Headers;
}

/**
 * The context of a request: that of the surrounding run, overridden by trusted `x-farthing-*` headers. These are
 * removed from the returned headers: they never leave the process.
 */
export function contextOf(headers: Headers, around: CallContext, trust: Trust): Contextual {
  if (!hasContext(headers)) return { context: around, headers };
  const { options, sent } = readHeaders(headers);
  if (trust.isOwnClient || isSecret(headers.get(SECRET), trust.secret)) {
    return { context: mergeContext(around, options), headers: sent };
  }
  const names = Object.keys(options);
  if (names.length > 0) trust.onIgnored(names);
  return { context: around, headers: sent };
}

/** Compares in constant time. */
function isSecret(given: string | null, secret: string): boolean {
  return given !== null && timingSafeEqual(hash('sha256', given, 'buffer'), hash('sha256', secret, 'buffer'));
}

function hasContext(headers: Headers): boolean {
  for (const name of headers.keys()) if (name.startsWith(PREFIX)) return true;
  return false;
}

function readHeaders(headers: Headers): { readonly options: Record<string, unknown>; readonly sent: Headers } {
  const options: Record<string, unknown> = {};
  const sent = new Headers(headers);
  for (const [name, value] of headers) {
    if (!name.startsWith(PREFIX)) continue;
    sent.delete(name);
    const short = name.slice(PREFIX.length);
    const field = Object.hasOwn(HEADERS, short) ? HEADERS[short] : undefined;
    if (field === undefined) continue;
    if (field === 'priority') options.priority = Number(value) || 0;
    else if (FLAGS.has(field)) options[field] = value === 'true' || value === '1';
    else if (field === 'tags')
      options.tags = value
        .split(',')
        .map(percentDecoded)
        .filter((tag) => tag !== '');
    // Header values only hold Latin-1: other names are sent as `encodeURIComponent` encodes them.
    else options[field] = percentDecoded(value);
  }
  return { options, sent };
}

/**
 * The context as headers of one request, for callers that lose the async context on the way. Wrapped clients accept
 * these; for `meter.fetch` use `meter.headers`, which adds the meter's secret.
 *
 * @throws MeterError for an unknown name or a value of the wrong kind
 */
export function contextHeaders(input: CallOptions, secret?: string): Record<string, string> {
  const options = readContext(input, 'headers');
  const headers: Record<string, string> = secret === undefined ? {} : { [SECRET]: secret };
  for (const [name, field] of Object.entries(HEADERS)) {
    const value = options[field];
    if (value === undefined || value === null) continue;
    if (typeof value === 'object' && value.length === 0) continue;
    const parts = typeof value === 'object' ? value : [String(value)];
    headers[`${PREFIX}${name}`] = parts.map(encodeURIComponent).join(',');
  }
  return headers;
}
