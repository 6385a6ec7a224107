/** On whose behalf a call is made. It follows the program's own flow, through promises and streams. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { CallResult } from '../core/call-record.ts';
import { percentDecoded } from '../support/percent.ts';

export interface CallContext {
  readonly feature: string | null;
  readonly user: string | null;
  /** Nothing is ever shared between tenants. */
  readonly tenant: string | null;
  /** Higher goes first where calls wait. */
  readonly priority: number;
  /** The names of further budgets that the call counts against. */
  readonly budget: string | null;
  readonly callSite: string | null;
  /** True sends the call as it is: recorded, and otherwise untouched. */
  readonly bypass: boolean;
}

export type CallOptions = { readonly [Name in keyof CallContext]?: CallContext[Name] | undefined };

export const NO_CONTEXT: CallContext = {
  feature: null,
  user: null,
  tenant: null,
  priority: 0,
  budget: null,
  callSite: null,
  bypass: false,
};

/** One `run`: its context, and what became of the calls in it. */
export interface Scope {
  readonly context: CallContext;
  last: CallResult | null;
}

const scopes = new AsyncLocalStorage<Scope>();

/** Options that are missing are taken from the surrounding run. */
export function runIn<Result>(options: CallOptions, action: () => Result): Result {
  return scopes.run({ context: merge(currentScope()?.context ?? NO_CONTEXT, options), last: null }, action);
}

export function currentScope(): Scope | null {
  return scopes.getStore() ?? null;
}

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
  return { context: options === null ? around : merge(around, options), headers: sent };
}

function merge(around: CallContext, options: CallOptions): CallContext {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return given.length === 0 ? around : { ...around, ...Object.fromEntries(given) };
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
