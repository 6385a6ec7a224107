import { expect, test } from 'vitest';
import { createVolumes } from './volumes.ts';

const call = { id: 'abc', function: 'Support.answer', origin: { path: '/app/src/support/a.ts', start: 0, end: 1 } };

test('every mark of an entry must hold, and the first entry that matches counts', () => {
  const of = createVolumes(
    [
      { path: 'src/other/**', callsPerMonth: 1 },
      { path: 'src/support/**', function: 'other', callsPerMonth: 2 },
      { path: 'src/support/**', function: 'Support.answer', callsPerMonth: 3 },
      { call: 'abc', callsPerMonth: 4 },
    ],
    '/app',
  );
  expect(of(call)).toBe(3);
  expect(of({ ...call, function: null })).toBe(4);
  expect(of({ ...call, id: 'x', function: null })).toBeNull();
});

test('a declared zero is a volume', () => {
  expect(createVolumes([{ call: 'abc', callsPerMonth: 0 }], '/app')(call)).toBe(0);
});

test('globs are relative to the configuration, and a file outside of it matches none', () => {
  const of = createVolumes([{ path: '**', callsPerMonth: 5 }], '/app/src');
  expect(of(call)).toBe(5);
  expect(of({ ...call, origin: { ...call.origin, path: '/app/b.ts' } })).toBeNull();
});
