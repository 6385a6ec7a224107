/** A part of a report: the calls that fit every condition, and the findings at them. */
import type { Report, ReportCall, ReportDiagnostic } from '@farthing/shared/report';
import { SEVERITIES } from '@farthing/shared/vocabulary';
import ignore from 'ignore';
import { matchesStep } from '../resolve/globs.ts';
import type { OwnersOf } from './groups.ts';

export const CONDITIONS = ['path', 'function', 'model', 'provider', 'sdk', 'owner', 'rule', 'severity'] as const;
export type ConditionName = (typeof CONDITIONS)[number];

export interface Condition {
  readonly name: ConditionName;
  /** Any of them: names with `*`; of `path`, a line of a `.gitignore`; of `severity`, the least severe. */
  readonly values: readonly string[];
}

export function filterReport(report: Report, conditions: readonly Condition[], ownersOf: OwnersOf): Report {
  if (conditions.length === 0) return report;
  const isCalled = all(conditions.map((condition) => callMatcher(condition, ownersOf)));
  const isFound = all(conditions.map(findingMatcher));
  const hasFindingCondition = conditions.some(({ name }) => OF_FINDINGS.has(name));
  const fitting = new Set(report.calls.filter(isCalled).map(({ id }) => id));
  const isAtFile = all(conditions.map((condition) => fileMatcher(condition, ownersOf)));
  const diagnostics = report.diagnostics.filter(
    (one) => isFound(one) && (one.call === null ? isAtFile(one) : fitting.has(one.call)),
  );
  const found = new Set(diagnostics.map(({ call }) => call));
  const calls = report.calls.filter(({ id }) => fitting.has(id) && (!hasFindingCondition || found.has(id)));
  return { ...report, calls, diagnostics };
}

/** Conditions on findings: a call fits if one of its findings does. */
const OF_FINDINGS: ReadonlySet<ConditionName> = new Set<ConditionName>(['rule', 'severity']);

type Matcher<Subject> = (subject: Subject) => boolean;

function all<Subject>(matchers: readonly Matcher<Subject>[]): Matcher<Subject> {
  return (subject) => matchers.every((matches) => matches(subject));
}

function callMatcher({ name, values }: Condition, ownersOf: OwnersOf): Matcher<ReportCall> {
  const isNamed = (text: string): boolean => values.some((value) => matchesStep(text, value));
  switch (name) {
    case 'path':
      return pathMatcher(values);
    case 'function':
      return (call) => isNamed(call.function ?? '');
    case 'model':
      return ({ model }) => [model.value ?? '', ...model.alternatives.map((one) => one.name)].some(isNamed);
    case 'provider':
      return ({ provider }) => isNamed(provider);
    case 'sdk':
      return ({ sdk }) => isNamed(sdk);
    case 'owner':
      return ({ path }) => ownersOf(path).some(isNamed);
    default:
      return () => true;
  }
}

/** A finding that belongs to no call is about its file. */
function fileMatcher(condition: Condition, ownersOf: OwnersOf): Matcher<ReportDiagnostic> {
  const { name, values } = condition;
  if (name === 'path') return pathMatcher(values);
  if (name === 'owner')
    return ({ path }) => ownersOf(path).some((owner) => values.some((one) => matchesStep(owner, one)));
  return () => OF_FINDINGS.has(name);
}

function findingMatcher({ name, values }: Condition): Matcher<ReportDiagnostic> {
  if (name === 'rule') return ({ rule }) => values.some((value) => matchesStep(rule, value));
  if (name !== 'severity') return () => true;
  const least = Math.max(...values.map((value) => (SEVERITIES as readonly string[]).indexOf(value)));
  return ({ severity }) => SEVERITIES.indexOf(severity) <= least;
}

function pathMatcher(values: readonly string[]): Matcher<{ readonly path: string }> {
  const pattern = ignore().add([...values]);
  // What lies outside the folder of the report keeps its absolute path.
  return ({ path }) => !path.startsWith('/') && ignore.isPathValid(path) && pattern.ignores(path);
}
