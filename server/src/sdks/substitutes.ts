/**
 * Mocks, fakes and stubs: a replacement for a client, or for the connection below one, sends nothing. Told by the
 * library that makes them, or by the name of their class or function.
 */
import type { Step, Value } from '../evaluate/values.ts';

/** Libraries that make nothing else, and members of a test runner that do. */
const MOCKING_MODULES =
  /^(?:unittest\.mock|mock|pytest_mock|respx|sinon|nock|msw|testdouble|ts-mockito|jest-mock)(?:$|[./])/;
const RUNNERS = /^(?:vitest|@jest\/globals|bun:test|node:test|<global>)$/;
const RUNNER_MEMBERS = new Set(['vi', 'jest', 'mock']);
/** `MockTransport`, `fakeFetch`, `StubClient`. */
const SUBSTITUTE_NAME = /^_?(?:mock|fake|stub|dummy)(?![a-z])|^_?(?:Mock|Fake|Stub|Dummy|MOCK|FAKE)/;
/** A transport in a client in the options of a client. */
const MAX_DEPTH = 4;

/** True for a mock, and for what is built on one. */
export function isSubstitute(value: Value, depth = 0): boolean {
  if (depth > MAX_DEPTH) return false;
  switch (value.kind) {
    case 'external':
      return isMockingTrail(value.module, value.steps) || value.steps.some((step) => holdsSubstitute(step, depth));
    case 'function':
      return isSubstituteName(value.node.name ?? '');
    case 'instance':
      return isSubstituteName(value.class.node.name ?? '');
    default:
      return false;
  }
}

export function isSubstituteName(name: string): boolean {
  return SUBSTITUTE_NAME.test(name);
}

function isMockingTrail(module: string, steps: readonly Step[]): boolean {
  if (MOCKING_MODULES.test(module)) return true;
  const names = steps.flatMap((step) => (step.kind === 'member' ? [step.name] : []));
  // `from unittest import mock`.
  if (module === 'unittest' && names[0] === 'mock') return true;
  return RUNNERS.test(module)
    ? RUNNER_MEMBERS.has(names[0] ?? '')
    : names.some((name) => /^(?:Mock|Fake|Stub)[A-Z]/.test(name));
}

function holdsSubstitute(step: Step, depth: number): boolean {
  if (step.kind !== 'call' || step.args === null) return false;
  const { positional, named } = step.args;
  const given = [...positional, ...[...named.values()].map(({ value }) => value)];
  return given.some((value) =>
    value.kind === 'object'
      ? [...value.entries.values()].some((entry) => isSubstitute(entry.value, depth + 1))
      : isSubstitute(value, depth + 1),
  );
}
