/** The run in which a call is made. It follows the program's own flow, through promises and streams. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { CallResult } from '../core/call-result.ts';
import { type CallContext, type CallOptions, mergeContext, NO_CONTEXT, readContext } from '../core/context.ts';
import { endWithLimit, type LimitedRun, type RunLimits, readLimits, spend } from './run-limits.ts';

/** One `run`: its context, and the last call of each meter that has ended in it. */
export interface Scope {
  readonly context: CallContext;
  readonly last: Map<object, CallResult>;
  /** The runs with limits around it, from the outermost to its own. Another copy of the package may know none. */
  readonly limited?: readonly LimitedRun[];
}

export type RunOptions = CallOptions & {
  /** Limits of this run. Those of runs around it hold as well. Default: none. */
  readonly limits?: RunLimits | undefined;
};

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
export function runIn<Result>({ limits, ...input }: RunOptions, action: () => Result): Result {
  const options = readContext(input, 'run');
  const around = currentScope();
  const context = mergeContext(around?.context ?? NO_CONTEXT, options);
  const outer = around?.limited ?? [];
  if (limits === undefined) return scopes.run({ context, last: new Map(), limited: outer }, action);
  const own = readLimits(limits);
  return endWithLimit(own, () => scopes.run({ context, last: new Map(), limited: [...outer, own] }, action));
}

export function currentScope(): Scope | null {
  return scopes.getStore() ?? null;
}

/** Keeps a result as the last of its meter, and counts its cost. */
export function keepResult({ last, limited = [] }: Scope, meter: object, result: CallResult): void {
  last.set(meter, result);
  spend(limited, result);
}
