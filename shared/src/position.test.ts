import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { callAt, parsePlace } from './position.ts';
import type { ReportPosition } from './report.ts';

type Call = ReportPosition & { readonly id: string };

function call(id: string, [line, column, endLine, endColumn]: readonly [number, number, number, number]): Call {
  return { id, path: 'src/a.ts', cell: null, line, column, endLine, endColumn };
}

describe('parsePlace', () => {
  test('reads what the runtime records, whatever the path holds', () => {
    expect(parsePlace('src/a.ts:3:14')).toEqual({ path: 'src/a.ts', line: 3, column: 14 });
    expect(parsePlace('../x:1:2.ts:3:14')).toEqual({ path: '../x:1:2.ts', line: 3, column: 14 });
    for (const text of ['6ad61197943e', 'src/a.ts', 'src/a.ts:3', ':3:14', 'chat:answer', '']) {
      expect(parsePlace(text)).toBeNull();
    }
  });

  test('reads any place back', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.nat(), fc.nat(), (path, line, column) => {
        expect(parsePlace(`${path}:${line}:${column}`)).toEqual({ path, line, column });
      }),
    );
  });
});

describe('callAt', () => {
  const outer = call('outer', [3, 10, 8, 5]);
  const inner = call('inner', [5, 20, 5, 40]);
  const calls = [inner, outer, { ...inner, id: 'cell', cell: 0 }, { ...inner, id: 'other', path: 'src/b.ts' }];
  const idAt = (place: string): string | null => callAt(calls, place)?.id ?? null;

  test('is the call whose expression holds the place, its end excluded', () => {
    expect(idAt('src/a.ts:3:10')).toBe('outer');
    expect(idAt('src/a.ts:4:1')).toBe('outer');
    expect(idAt('src/a.ts:8:4')).toBe('outer');
    expect(idAt('src/a.ts:8:5')).toBeNull();
    expect(idAt('src/a.ts:3:9')).toBeNull();
  });

  test('is the innermost of several, in whatever order they come', () => {
    for (const order of [calls, calls.toReversed()]) expect(callAt(order, 'src/a.ts:5:20')?.id).toBe('inner');
    expect(idAt('src/a.ts:5:40')).toBe('outer');
    const same = [call('long', [1, 1, 1, 30]), call('short', [1, 1, 1, 20])];
    expect(callAt(same, 'src/a.ts:1:15')?.id).toBe('short');
    expect(callAt(same, 'src/a.ts:1:25')?.id).toBe('long');
  });

  test('is the call that an await stands directly before', () => {
    expect(idAt('src/a.ts:3:4')).toBe('outer');
    expect(idAt('src/a.ts:3:5')).toBeNull();
  });

  test('knows ids, and nothing of other files, of cells and of names', () => {
    expect(idAt('inner')).toBe('inner');
    expect(idAt('src/b.ts:5:20')).toBe('other');
    expect(idAt('src/c.ts:5:20')).toBeNull();
    expect(idAt('chat')).toBeNull();
  });
});
