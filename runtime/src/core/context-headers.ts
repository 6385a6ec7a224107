/** The context of one call as headers of its request, for callers whose flow is lost on the way to `fetch`. */
import { percentDecoded } from '../support/percent.ts';
import { type CallContext, type CallOptions, mergeContext } from './context.ts';

const PREFIX = 'x-farthing-';
const TEXTS = ['feature', 'user', 'tenant', 'budget', 'callSite'] as const;
const HEADERS: Readonly<Record<string, keyof CallContext>> = {
  feature: 'feature',
  user: 'user',
  tenant: 'tenant',
  budget: 'budget',
  'call-site': 'callSite',
  priority: 'priority',
  bypass: 'bypass',
};

/**
 * The context of a request: the run around it, over which its own `x-farthing-*` headers stand. The headers that are
 * returned have none of these: they never leave the process.
 */
export function contextOf(headers: Headers, around: CallContext): { context: CallContext; headers: Headers } {
  let options: Record<string, unknown> | null = null;
  let sent = headers;
  for (const [name, value] of headers) {
    if (!name.startsWith(PREFIX)) continue;
    if (options === null) {
      options = {};
      sent = new Headers(headers);
    }
    sent.delete(name);
    const short = name.slice(PREFIX.length);
    const field = Object.hasOwn(HEADERS, short) ? HEADERS[short] : undefined;
    if (field === undefined) continue;
    if (field === 'priority') options.priority = Number(value) || 0;
    else if (field === 'bypass') options.bypass = value === 'true' || value === '1';
    // Header values hold only Latin-1: other names are sent as `encodeURIComponent` writes them.
    else options[field] = percentDecoded(value);
  }
  return { context: options === null ? around : mergeContext(around, options), headers: sent };
}

/** The same context as headers of one request, for callers whose flow is lost on the way. */
export function contextHeaders(options: CallOptions): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, field] of Object.entries(HEADERS)) {
    const value = options[field];
    if (value === undefined || value === null) continue;
    const isText = (TEXTS as readonly string[]).includes(field);
    headers[`${PREFIX}${name}`] = isText ? encodeURIComponent(String(value)) : String(value);
  }
  return headers;
}
