import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ModuleNode } from '../../ir/nodes.ts';
import { python } from './python.ts';
import { lower, print } from './testing.ts';

/** The names that are called in `module`, found without recursion because code may nest deeply. */
function calledNames(module: ModuleNode): string[] {
  const names: string[] = [];
  const open: unknown[] = [module.body];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== 'object' || next === null) continue;
    const { kind, callee } = next as { kind?: string; callee?: { kind: string; name?: string; property?: string } };
    if (kind === 'call') names.push(callee?.name ?? callee?.property ?? '');
    open.push(...Object.values(next));
  }
  return names;
}

test('a byte order mark shifts nothing', () => {
  const module = lower('\ufeffimport a\nf()\n');
  expect(module.syntaxError).toBeNull();
  expect(module.body[1]).toMatchObject({ kind: 'expression', start: 10, end: 13 });
});

test('only comments that mention farthing are kept, without their marks', () => {
  expect(lower('# other\nf()  ## farthing: calls=5/day  \n"# farthing"\n').comments).toEqual([
    { start: 13, end: 39, text: 'farthing: calls=5/day' },
  ]);
});

test('the first syntax error is reported, and null where there is none', () => {
  expect(lower('a = 1\n').syntaxError).toBeNull();
  expect(lower('a = 1\nb = ]\nc = )\n').syntaxError?.start).toBe(10);
});

describe('what the stock grammar refuses', () => {
  test.each([
    'a = 1. + 2.e3 + .5',
    'def f():\n    x = yield\n    yield',
    'with (a as b, c as d,): pass',
    'with a as (b, c), d as e.f, g as h[0]: pass',
    'match x, *y:\n    case X(): pass\n    case []: pass\n    case {}: pass\n    case {A.b: c}: pass',
    '@a[0].b\n@c or d\ndef f(): pass',
    'try: pass\nexcept A, B: pass',
    'a[*b, c]',
    'for a in *b, c: pass',
    '[a for a, *b in c]',
    '{a := 1}',
    'lambda a, /, b,: a',
    'class A[T: int = str, *Ts = b, **P = c]: pass',
    'def f(*a: *b): pass',
    'a = b + \\\r\n  c\r\n',
    "a = 'b \\\r\n  c'\r\n",
    '\f\ndef f():\n    a\n\f\n    b\n',
    'f"{a:=10} {b:>{c}}"',
  ])('%j', (code) => {
    expect(lower(code).syntaxError).toBeNull();
  });
});

describe('code that is being typed keeps the calls around it', () => {
  const before = 'def f(q):\n    before()\n';
  const after = '\n    return after()\n\ndef g():\n    last()\n';
  test.each([
    '    x = client.',
    '    x = client.chat.create(',
    '    x = client.chat.create(model=',
    '    x = client.chat.create(model="gpt',
    '    x = client.chat.create(messages=[{"role": "user", "content": f"hi {q',
    '    x = ',
    '    if q',
    '    for x in',
    '    with open(',
    '    x = {"a": ',
    '    x = [1, (2, ',
    '    @dec',
    '    x = f"{q',
    '    async with a as',
    '    lambda x',
    '    from x import',
    '    x: ',
    '    x = y if',
    '    foo(**',
    '    del ',
    '    a[1:',
    '    def',
    '    class',
  ])('%s', (line) => {
    const names = calledNames(lower(before + line + after));
    expect(names).toEqual(expect.arrayContaining(['before', 'after', 'last']));
  });

  test('an open bracket does not take the functions behind it', () => {
    expect(print('x = f(\n\nasync def g():\n    h()\n')).toContain('(const g (async fn g ()\n  (call h)))');
  });
});

describe('deep nesting is flattened, and loses no call', () => {
  const depth = 2000;
  test.each([
    ['brackets', `${'('.repeat(depth)}deep()${')'.repeat(depth)}`],
    ['lists', `${'['.repeat(depth)}deep()${']'.repeat(depth)}`],
    ['calls', `${'f('.repeat(depth)}deep()${')'.repeat(depth)}`],
    ['a chain', `deep()${'.a(1)'.repeat(depth)}`],
    ['a sum', `deep()${' + 1'.repeat(depth)}`],
    ['lambdas', `${'lambda: '.repeat(depth)}deep()`],
    [
      'blocks',
      `${Array.from({ length: 300 }, (_, i) => `${' '.repeat(i)}if a:\n`).join('')}${' '.repeat(300)}deep()\n`,
    ],
    ['targets', `${'('.repeat(depth)}a,${')'.repeat(depth)} = deep()`],
    ['annotations', `a: ${'A["'.repeat(100)}b${'"]'.repeat(100)} = deep()`],
  ])('%s', (_, code) => {
    const module = lower(code);
    expect(calledNames(module)).toContain('deep');
    expect(() => JSON.stringify(module)).not.toThrow();
  });

  test('every call of a deep nest is in the list once', () => {
    expect(calledNames(lower(`${'f('.repeat(depth)}${')'.repeat(depth)}`))).toHaveLength(depth);
  });
});

describe('long code is not nested code: every call is found, without errors', () => {
  const COUNT = 20_000;
  const of = (count: number, part: (index: number) => string, separator: string) =>
    Array.from({ length: count }, (_, index) => part(index)).join(separator);
  const call = (index: number) => `f(${index})`;
  test.each([
    ['statements', COUNT, of(COUNT, call, '\n')],
    ['statements with blank lines between them', COUNT, of(COUNT, call, '\n\n')],
    ['statements in a function', COUNT, `def g():\n${of(COUNT, (index) => `    ${call(index)}`, '\n\n')}`],
    ['assignments and comments', COUNT, of(COUNT, (index) => `a = ${call(index)}`, '\n# next\n')],
    ['items', COUNT, `x = [${of(COUNT, call, ', ')}]`],
    [
      'branches',
      COUNT,
      `if a:\n    f(0)\n${of(COUNT - 1, (index) => `elif a == ${index}:\n    ${call(index)}`, '\n')}`,
    ],
    ['a sum', 2_000, `x = ${of(2_000, call, ' + ')}`],
    ['alternatives', 2_000, `x = ${of(2_000, call, ' or ')}`],
  ])('%s', (_, count, code) => {
    const module = lower(code);
    expect(module.syntaxError).toBeNull();
    expect(calledNames(module).filter((name) => name === 'f')).toHaveLength(count);
  });

  test('a sum of 500 strings is one text', () => {
    const module = lower(`x = ${of(500, (index) => `'a${index}'`, ' + ')}`);
    expect(module.syntaxError).toBeNull();
    const [statement] = module.body;
    expect(statement).toMatchObject({ kind: 'declare', value: { kind: 'template' } });
  });
});

test('no input throws, and every offset is inside the text', () => {
  const pieces = [
    'def f(',
    '):',
    '\n',
    '    ',
    'f"{',
    '}"',
    '"""',
    "'",
    '(',
    ')',
    '[',
    '{',
    '=',
    ',',
    'a',
    '.b',
    '*',
    '**',
    ':',
  ]
    .concat([
      'class A',
      'match x',
      'case',
      'with',
      ' as ',
      'lambda',
      'yield ',
      'for ',
      ' in ',
      'if ',
      '\\',
      '\r\n',
      '\ufeff',
      '\0',
    ])
    .concat([
      'import ',
      'from ',
      '@',
      '->',
      'super()',
      'global ',
      '#farthing',
      '1.',
      'é',
      '😀',
      'try:',
      'except',
      'else:',
    ]);
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 40 }), (parts) => {
      const text = parts.join('');
      const open: unknown[] = [python.lower(text, 'a.py')];
      while (open.length > 0) {
        const next = open.pop();
        if (typeof next !== 'object' || next === null) continue;
        const { start, end } = next as { start?: number; end?: number };
        if (start !== undefined && end !== undefined) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(end).toBeLessThanOrEqual(text.length);
        }
        open.push(...Object.values(next));
      }
    }),
    { numRuns: 1500 },
  );
});
