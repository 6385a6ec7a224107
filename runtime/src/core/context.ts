/** The feature, user and tenant that a call is made for. */
import { flag, listOf, number, object, readOptions, such, text as tag } from '../support/schema.ts';
import { MeterError } from './errors.ts';

export interface CallContext {
  readonly feature: string | null;
  readonly user: string | null;
  /** Nothing is ever shared between tenants. */
  readonly tenant: string | null;
  /** A group of users, with its own budgets and limits. */
  readonly team: string | null;
  /** Any other names that the call belongs to, each with its own budgets and limits. The tags of nested runs add up. */
  readonly tags: readonly string[];
  /** The conversation that the call belongs to: traces are grouped by it, and routing knows the conversation by it. */
  readonly session: string | null;
  /** Higher values go first where calls wait. */
  readonly priority: number;
  /** The name of an additional budget that the call counts against. */
  readonly budget: string | null;
  readonly callSite: string | null;
  /** True sends the call unchanged: it is recorded and nothing else. */
  readonly bypass: boolean;
  /** True keeps what the call says out of everything that is kept: it is neither cached nor looked up in the cache. */
  readonly noStore: boolean;
}

export type CallOptions = { readonly [Name in keyof CallContext]?: CallContext[Name] | undefined };

export const NO_CONTEXT: CallContext = {
  feature: null,
  user: null,
  tenant: null,
  team: null,
  tags: [],
  session: null,
  priority: 0,
  budget: null,
  callSite: null,
  bypass: false,
  noStore: false,
};

/** Missing options are taken from the surrounding context; tags are added to its tags. */
export function mergeContext(around: CallContext, options: CallOptions): CallContext {
  const stated = Object.entries(options).filter(([, value]) => value !== undefined);
  if (stated.length === 0) return around;
  const tags = options.tags === undefined ? around.tags : [...new Set([...around.tags, ...options.tags])];
  return { ...around, ...Object.fromEntries(stated), tags };
}

const text = such<string | null>('a string or null', (value) => value === null || typeof value === 'string');

const contextSchema = object<CallOptions>('CallContext', {
  feature: text,
  user: text,
  tenant: text,
  team: text,
  tags: listOf(tag()),
  session: text,
  priority: number(),
  budget: text,
  callSite: text,
  bypass: flag(),
  noStore: flag(),
});

/** @throws MeterError for a name that is not known, or a value of another kind */
export function readContext(input: CallOptions, of: string): CallOptions {
  return readOptions(contextSchema, input, (message) => new MeterError(message), of);
}
