/** Rules that threw: each is one problem, whatever the number of calls on which it failed. */
import { describeFailure, type Problem } from '../files/problem.ts';

export interface RuleFailures {
  /** `path` is the file of the call on which the rule failed. */
  readonly note: (rule: string, path: string, error: unknown) => void;
  readonly has: (rule: string) => boolean;
  readonly problems: () => readonly Problem[];
}

export function createRuleFailures(): RuleFailures {
  const failures = new Map<string, { readonly first: Problem; count: number }>();
  return {
    note: (rule, path, error) => {
      const failure = failures.get(rule);
      if (failure) failure.count++;
      else failures.set(rule, { first: { path, message: describeFailure(error) }, count: 1 });
    },
    has: (rule) => failures.has(rule),
    problems: () =>
      [...failures].map(([rule, { first, count }]) => {
        const calls = count === 1 ? 'this call' : `${count} calls, first on one in this file`;
        return {
          path: first.path,
          message: `the rule ${rule} failed on ${calls}: ${first.message}. Every other rule has run.`,
        };
      }),
  };
}
