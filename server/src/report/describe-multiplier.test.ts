import { expect, test } from 'vitest';
import { describeStep } from './describe-multiplier.ts';

const perStep = { low: 0.0051, expected: 0.0051, high: 0.0051, basis: 'assumed' } as const;
const cost = { perCall: null, perMonth: null, perStep, perRun: null, units: null, currency: 'USD' } as const;
const steps = { low: 1, expected: 1, high: 1, basis: 'unknown', formula: 'steps of the agent' } as const;

test.each([
  ['nothing says how many steps', null, 'steps unknown: $0.0051 a step, assumed'],
  ['the number is only known at run time', steps, 'steps unknown: $0.0051 a step, assumed'],
  ['the code has a limit', { ...steps, high: 7, basis: 'assumed' } as const, '$0.0051 a step, assumed'],
])('an agent where %s', (_, multiplier, words) => {
  expect(describeStep({ multiplier, cost })).toBe(words);
});

test('in Spanish, of a step with an unknown part, and of a call without steps', () => {
  expect(describeStep({ multiplier: null, cost }, 'es')).toBe('pasos desconocidos: 0,0051\u00a0$ por paso, supuesto');
  const part = { ...cost, perStep: { ...perStep, basis: 'unknown' } } as const;
  expect(describeStep({ multiplier: null, cost: part })).toBe('steps unknown: from $0.0051 a step, the rest unknown');
  expect(describeStep({ multiplier: null, cost: { ...cost, perStep: null } })).toBeNull();
});
