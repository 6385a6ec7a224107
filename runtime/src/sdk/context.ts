/** The run in which a call is made. It follows the program's own flow, through promises and streams. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { CallResult } from '../core/call-result.ts';
import { type CallContext, type CallOptions, mergeContext, NO_CONTEXT, readContext } from '../core/context.ts';

/** One `run`: its context, and the last call of each meter that has ended in it. */
export interface Scope {
  readonly context: CallContext;
  readonly last: Map<object, CallResult>;
}

/** An application may load the package twice, as a module and by `require`: both copies have to see the same run. */
const SCOPES = Symbol.for('farthing.runtime.scopes.2');

const shared = globalThis as { [SCOPES]?: AsyncLocalStorage<Scope> };
shared[SCOPES] ??= new AsyncLocalStorage();
const scopes = shared[SCOPES];

/**
 * Options that are missing are taken from the surrounding run.
 *
 * @throws MeterError for a name that is not known, or a value of another kind
 */
export function runIn<Result>(input: CallOptions, action: () => Result): Result {
  const options = readContext(input, 'run');
  const context = mergeContext(currentScope()?.context ?? NO_CONTEXT, options);
  return scopes.run({ context, last: new Map() }, action);
}

export function currentScope(): Scope | null {
  return scopes.getStore() ?? null;
}
