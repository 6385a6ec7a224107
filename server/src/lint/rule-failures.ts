/** Rules that threw: each rule is one problem, whatever the number of files and calls on which it failed. */
import { describeFailure, type Problem } from '../files/problem.ts';

export interface RuleFailure {
  readonly rule: string;
  /** The problem with the first of the calls. */
  readonly first: Problem;
  readonly calls: number;
}

export interface RuleFailures {
  /** `path` is the file of the call on which the rule failed. */
  readonly note: (rule: string, path: string, error: unknown) => void;
  readonly all: () => readonly RuleFailure[];
}

export function createRuleFailures(): RuleFailures {
  const failures = new Map<string, RuleFailure>();
  return {
    note: (rule, path, error) => {
      const known = failures.get(rule);
      const first = known?.first ?? { path, message: describeFailure(error) };
      failures.set(rule, { rule, first, calls: (known?.calls ?? 0) + 1 });
    },
    all: () => [...failures.values()],
  };
}

/** One line for each rule; `failures` are in the order of the files. */
export function describeRuleFailures(failures: Iterable<RuleFailure>): readonly Problem[] {
  const byRule = Map.groupBy(failures, ({ rule }) => rule);
  return [...byRule].flatMap(([rule, all]): readonly Problem[] => {
    const [first] = all;
    if (first === undefined) return [];
    const count = all.reduce((sum, { calls }) => sum + calls, 0);
    const calls = count === 1 ? 'this call' : `${count} calls, first on one in this file`;
    const { path, message } = first.first;
    return [{ path, message: `the rule ${rule} failed on ${calls}: ${message}. All other rules ran.` }];
  });
}
