/**
 * Limits of one run: an agent's loop ends with an error, and not with the bill. A call over a limit is refused before it is
 * sent, and the run then ends with an error that says which limit it was.
 */
import { formatDollars, nanoDollars } from '@farthing/shared/money';
import type { CallResult } from '../core/call-result.ts';
import { MeterError, RunLimitError } from '../core/errors.ts';
import type { Refusal } from '../core/refuse.ts';
import type { Payload } from '../support/json-body.ts';
import { checked, count, number, object, readOptions } from '../support/schema.ts';
import { toolResultsIn } from '../wire/tool-results.ts';

export interface RunLimits {
  /** The maximum number of calls, including those that a cache answers. Default: no limit. */
  readonly calls?: number;
  /** The maximum number of tool calls whose results are given back to a model. Default: no limit. */
  readonly tools?: number;
  /**
   * No call begins once the calls that have ended cost this much, in dollars. Calls that are in flight then may exceed it: a
   * budget is a cap that holds. Default: no limit.
   */
  readonly dollars?: number;
}

/** The limits of a run, and what its calls have used of them. */
export interface LimitedRun {
  readonly limits: RunLimits;
  calls: number;
  /** Nano-dollars, of calls whose cost is known. */
  spent: number;
  /** Results of tools that requests have had. */
  readonly tools: Set<string>;
  /** The error with which the run ends; null while no call was refused. */
  error: RunLimitError | null;
}

const limitMembers = object<RunLimits>('RunLimits', {
  calls: count(),
  tools: count(),
  dollars: number({ min: 0 }),
});

export const limitsSchema = checked(limitMembers, (limits) =>
  Object.keys(limits).length === 0 ? 'limits must have one of: calls, tools, dollars.' : null,
);

/** @throws MeterError for limits that are not known, or that are no numbers */
export function readLimits(input: RunLimits): LimitedRun {
  const limits = readOptions(limitsSchema, input, (message) => new MeterError(message), 'run.limits');
  return { limits, calls: 0, spent: 0, tools: new Set(), error: null };
}

/** Counts a call under all runs around it. Returns the error if one of their limits does not allow it. */
export function enter(runs: readonly LimitedRun[], body: Payload): RunLimitError | null {
  for (const run of runs) {
    for (const id of run.limits.tools === undefined ? [] : toolResultsIn(body.json)) run.tools.add(id);
    run.error ??= exceeded(run);
    if (run.error !== null) return run.error;
  }
  for (const run of runs) run.calls++;
  return null;
}

export function limitRefusal({ message }: RunLimitError): Refusal {
  return { layer: 'run', status: 402, code: 'run_limit_exceeded', why: message };
}

/** Adds the cost of a call that has ended. */
export function spend(runs: readonly LimitedRun[], { cost }: CallResult): void {
  for (const run of runs) run.spent += cost?.amount ?? 0;
}

function exceeded({ limits, calls, spent, tools }: LimitedRun): RunLimitError | null {
  if (limits.calls !== undefined && calls >= limits.calls) {
    return limitError('calls', limits.calls, calls, `has made ${calls} of ${limits.calls} model calls`);
  }
  if (limits.tools !== undefined && tools.size > limits.tools) {
    return limitError(
      'tools',
      limits.tools,
      tools.size,
      `has made ${tools.size} tool calls, and ${limits.tools} are allowed`,
    );
  }
  if (limits.dollars !== undefined && spent >= nanoDollars(limits.dollars)) {
    const texts = `has spent ${formatDollars(spent)} of ${formatDollars(nanoDollars(limits.dollars))}`;
    return limitError('dollars', limits.dollars, spent, texts);
  }
  return null;
}

function limitError(limit: keyof RunLimits, max: number, used: number, what: string): RunLimitError {
  return new RunLimitError(`this run ${what}. Raise \`limits.${limit}\` of meter.run if it may go on.`, {
    limit,
    max,
    used,
  });
}

/** The action's result. Where it fails after a call was refused, the reason is the limit. */
export function endWithLimit<Result>(run: LimitedRun, action: () => Result): Result {
  const reasonOf = (error: unknown): unknown => {
    if (run.error === null) return error;
    if (run.error !== error) run.error.cause ??= error;
    return run.error;
  };
  try {
    const result = action();
    if (!(result instanceof Promise)) return result;
    return result.catch((error: unknown) => {
      throw reasonOf(error);
    }) as Result;
  } catch (error) {
    throw reasonOf(error);
  }
}
