/** The judge of fixes sees what a bad fix does: without this, a table of no failures says nothing. */
import { describe, expect, test } from 'vitest';
import type { Application } from '../scripts/lib/fixes/apply.ts';
import { findingFailures, judgeAll } from '../scripts/lib/fixes/judge.ts';
import { hasPython } from '../scripts/lib/fixes/parse.ts';
import type { LlmCall } from '../server/src/calls/call.ts';
import type { Operation } from '../server/src/edits/fix.ts';
import type { Diagnostic } from '../server/src/lint/diagnostic.ts';

const DIAGNOSTIC: Diagnostic = {
  rule: 'rule',
  severity: 'hint',
  confidence: 'certain',
  data: null,
  message: () => '',
  saving: null,
  origin: { path: '/a', start: 0, end: 0 },
  call: 'call',
  related: [],
  fixes: () => [],
  statedFixes: () => [],
};

const LIMIT: Operation = {
  kind: 'set',
  target: { at: { path: '/a', start: 0, end: 1 }, position: 0, path: ['config', 'limit'] },
  value: 9,
};

/** What is said of a fix that made `after` of `before`. */
function verdict(
  name: string,
  before: string,
  after: string,
  operations = [LIMIT],
  changes: Partial<Application> = {},
) {
  const files = [{ path: name, name, content: { before, after }, before, after, edits: [], outside: null }];
  const fix = { title: { en: '', es: '' }, safety: 'suggested' as const, operations };
  const application: Application = { fix, files, reanalysed: [], isOfferedAgain: false, ...changes };
  return judgeAll([{ diagnostic: DIAGNOSTIC, application }])[0]?.failures.join('; ');
}

describe('a fix in TypeScript', () => {
  const before = 'f({\n  a: 1, // why\n  config: { b },\n});\n';
  const good = before.replace('{ b }', '{ b, limit: 9 }');

  test('that sets what it says is right, in whatever layout', () => {
    expect(verdict('/a.ts', before, good)).toBe('');
    expect(verdict('/a.ts', before, good.replace('b, ', 'b,\n    '))).toBe('');
    expect(verdict('/a.ts', 'f({ a });', 'f({ a, config: { limit: 9 } });')).toBe('');
  });

  test.each([
    ['breaks the syntax', good.replace('})', '')],
    ['sets another value', good.replace('9', '8')],
    ['sets another parameter', good.replace('limit', 'bound')],
    ['sets it twice', good.replace('limit: 9', 'limit: 9, limit: 9')],
    ['sets it at another place', before.replace('a: 1', 'a: 1, other: { limit: 9 }')],
    ['changes something else as well', good.replace('a: 1', 'a: 2')],
    ['loses a comment', good.replace('// why', '')],
    ['mixes line ends', good.replace('\n', '\r\n')],
    ['does nothing', before],
  ])('that %s is wrong', (_, after) => {
    expect(verdict('/a.ts', before, after)).not.toBe('');
  });

  test('that is offered again is wrong', () => {
    expect(verdict('/a.ts', before, good, [LIMIT], { isOfferedAgain: true })).toContain('a second application');
  });

  test('may change the calls that lead to the request, and no others', () => {
    const place = (path: string, start: number) => ({ path, start, end: start + 1 });
    const call = (id: string, path: string, leadsTo: readonly object[], limit: number) =>
      ({ id, origin: place(path, 0), function: 'ask', via: leadsTo.slice(0, 1), leadsTo, limit }) as unknown as LlmCall;
    const calls = (leadsTo: readonly object[], limit: number) => ({
      diagnostics: [],
      calls: [call('call', '/a.ts', [], limit), call('other', '/b.ts', leadsTo, limit)],
    });
    const judged = (leadsTo: readonly object[]) =>
      verdict('/a.ts', before, good, [LIMIT], {
        reanalysed: [{ before: calls(leadsTo, 1), after: calls(leadsTo, 9) }] as unknown as Application['reanalysed'],
      });
    const [fixed, other] = [0, 5].map((start) => ({ origin: place('/a.ts', start), function: 'ask' })) as [
      object,
      object,
    ];
    expect(judged([fixed])).toBe('');
    expect(judged([other, fixed])).toBe('');
    expect(judged([other])).toContain('the call at 0 says something else');
    expect(judged([])).toContain('the call at 0 says something else');
  });

  test('may change the calls that lead to another request that it says it changes', () => {
    const construction = { path: '/a.ts', start: 0, end: 30 };
    const call = (id: string, limit: number, parts: object) =>
      ({ id, origin: { path: '/b.ts', start: 40, end: 41 }, leadsTo: [], limit, ...parts }) as unknown as LlmCall;
    const calls = (limit: number) => {
      const request = call('request', limit, { options: { origin: construction } });
      const feature = call('feature', limit, { leadsTo: [request] });
      return { diagnostics: [], calls: [request, feature] };
    };
    const judged = (title: string) => {
      const edit = { path: '/a.ts', start: 5, end: 5, text: '' };
      const files = [
        {
          path: '/a.ts',
          name: '/a.ts',
          content: { before, after: good },
          before,
          after: good,
          edits: [edit],
          outside: null,
        },
      ];
      return verdict('/a.ts', before, good, [LIMIT], {
        files,
        fix: { title: { en: title, es: title }, safety: 'suggested', operations: [LIMIT] },
        reanalysed: [{ path: '/b.ts', before: { ...calls(1), problem: null }, after: { ...calls(9), problem: null } }],
      });
    };
    expect(judged('Limit it (where it is constructed)')).toBe('');
    expect(judged('Limit it')).toContain('the call at 40 says something else');
  });

  describe('makes no new finding', () => {
    const judged = (perCall: object | null, models: readonly [string, string], severity: Diagnostic['severity']) => {
      const saidWith = (value: string) => {
        const call = { id: 'call', cost: { perCall }, model: { value } } as unknown as LlmCall;
        return { calls: [call], problem: null };
      };
      const [before, after] = [saidWith(models[0]), saidWith(models[1])];
      const found = { ...DIAGNOSTIC, rule: 'other', severity, message: () => 'No output limit.' };
      const reanalysed = [
        { path: '/a.ts', before: { ...before, diagnostics: [] }, after: { ...after, diagnostics: [found] } },
      ];
      return findingFailures({ reanalysed, isOfferedAgain: false }, DIAGNOSTIC);
    };
    const failures = ['a new finding: other: No output limit.'];

    test('about the same call', () => expect(judged({ low: 1 }, ['a', 'a'], 'information')).toEqual(failures));
    test('unless it is about a call that had no price before', () =>
      expect(judged(null, ['a', 'a'], 'warning')).toEqual([]));
    test('unless it is advice about the model that it puts in', () => {
      expect(judged({ low: 1 }, ['a', 'b'], 'information')).toEqual([]);
      expect(judged({ low: 1 }, ['a', 'b'], 'warning')).toEqual(failures);
    });
  });

  test('may change the way to one of more requests than are followed', () => {
    const call = (by: string, leadsToMore: boolean) =>
      ({
        id: 'other',
        origin: { path: '/b.ts', start: 0, end: 1 },
        via: [{ function: by }],
        leadsToMore,
      }) as unknown as LlmCall;
    const judged = (leadsToMore: boolean) => {
      const [old, now] = ['a', 'b'].map((by) => ({ diagnostics: [], calls: [call(by, leadsToMore)] }));
      const reanalysed = [{ before: old, after: now }] as unknown as Application['reanalysed'];
      return verdict('/a.ts', before, good, [LIMIT], { reanalysed });
    };
    expect(judged(true)).toBe('');
    expect(judged(false)).toContain('the call at 0 says something else');
  });

  test('may only change the order of a text, where that is what it says', () => {
    const move: Operation = { kind: 'move-line', origin: { path: '/a.ts', start: 0, end: 1 } };
    expect(verdict('/a.ts', 'x = `${a}\n${b}`;', 'x = `${b}\n${a}`;', [move])).toBe('');
    expect(verdict('/a.ts', 'x = `${a}\n${b}`;', 'x = `${b}\n${c}`;', [move])).not.toBe('');
  });
});

describe.skipIf(!hasPython())('a fix in Python', () => {
  const before = 'f(\n    a=1,  # why\n    config=C(b=2),\n)\n';
  const good = before.replace('b=2', 'b=2, limit=9');

  test('that sets what it says is right', () => {
    expect(verdict('/a.py', before, good)).toBe('');
    expect(verdict('/a.py', 'f(a)', 'f(a, config={"limit": 9})')).toBe('');
  });

  test.each([
    ['breaks the syntax', good.replace('),', ',')],
    ['sets another value', good.replace('9', '"9"')],
    ['changes something else as well', good.replace('a=1', 'a=2')],
    ['changes a name as well', good.replace('f(', 'g(')],
    ['loses a comment', good.replace('# why', '')],
  ])('that %s is wrong', (_, after) => {
    expect(verdict('/a.py', before, after)).not.toBe('');
  });
});
