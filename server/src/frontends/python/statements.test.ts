import { describe, expect, test } from 'vitest';
import { lower, print } from './testing.ts';

function lines(...text: readonly string[]): string {
  return text.join('\n');
}

describe('imports', () => {
  test.each([
    ['import a', '(import "a" * as a)'],
    ['import a.b.c', '(import "a" * as a)\n(import "a.b.c")'],
    ['import a.b as x, c', '(import "a.b" * as x)\n(import "c" * as c)'],
    ['from . import y', '(import "." y)'],
    ['from ..p.q import (a as b, c,)', '(import "..p.q" a as b c)'],
    ['from ... import a', '(import "..." a)'],
    ['from .... m import a', '(import "....m" a)'],
    ['from m import *', '(import "m" *)'],
  ])('%s', (code, expected) => {
    expect(print(code)).toBe(expected);
  });
});

describe('assignments', () => {
  test.each([
    ['a = 1', '(var a 1)'],
    ['a, *b = c', '(var [a ...b] c)'],
    ['(a, [b, c]) = d', '(var [a [b c]] d)'],
    ['a.b = 1', '(assign (. a b) 1)'],
    ['a["b"] = 1', '(assign ([] a "b") 1)'],
    ['a += 1', '(var a += 1)'],
    ['a: int = 1', '(var a: int 1)'],
    ['a: "b.C"', '(var a: (. b C))'],
    ['a = yield', '(var a (opaque))'],
  ])('%s', (code, expected) => {
    expect(print(code)).toBe(expected);
  });

  test('a chained assignment declares each target with the one value', () => {
    const { body } = lower('a = b = f()');
    expect(print('a = b = f()')).toBe('(var a (call f))\n(var b (call f))');
    const values = body.map((statement) => (statement.kind === 'declare' ? statement.value : null));
    expect(values[0]).toBe(values[1]);
  });

  test('global and nonlocal names are assigned, not declared', () => {
    const code = lines('def f():', '    global a', '    a = 1', '    b = 2', '    def g():', '        a = 3');
    expect(print(code)).toContain('(assign a 1)');
    expect(print(code)).toContain('(var b 2)');
    expect(print(code)).toContain('(var a 3)');
  });
});

describe('functions', () => {
  test('parameters of every kind', () => {
    expect(print('def f(a, b: int, /, c="x", *args: int, d, e=1, **kw) -> str: pass')).toBe(
      '(const f (fn f (a b: int c="x" ...args: int *, d *, e=1 **kw) -> str))',
    );
    expect(print('def f(a, *, b): pass')).toBe('(const f (fn f (a *, b)))');
  });

  test.each([
    ['"OpenAI"', 'OpenAI'],
    ['"openai.OpenAI"', '(. openai OpenAI)'],
    ['Optional["OpenAI"]', '([] Optional OpenAI)'],
    ['"Optional[A]"', '([] Optional A)'],
    ['A | None', '(| A null)'],
    ['Literal["a"]', '([] Literal "a")'],
    ['Annotated[str, F("a")]', '([] Annotated [str (call F "a")])'],
    ['"two words"', '"two words"'],
  ])('annotation %s', (annotation, expected) => {
    expect(print(`def f(a: ${annotation}): pass`)).toBe(`(const f (fn f (a: ${expected})))`);
  });

  test('the expression in a string annotation has its own offsets', () => {
    expect(lower('a: "x.Y"').body[0]).toMatchObject({ annotation: { start: 4, end: 7, propertyStart: 6 } });
  });

  test('decorators, async and generators', () => {
    const code = lines('@a.b(1)', '@c[0].d', 'async def f():', '    yield 1', '    def g(): return 1');
    expect(print(code)).toBe(
      lines(
        '(const f (@(call (. a b) 1) @(. ([] c 0) d) async generator fn f ()',
        '  (opaque 1)',
        '  (const g (fn g ()',
        '    (return 1)))))',
      ),
    );
  });
});

describe('classes', () => {
  test('methods, receivers and getters', () => {
    const code = lines(
      'class A(B, metaclass=M):',
      '    def __init__(self, a): self.a = a',
      '    @property',
      '    def p(self): return 1',
      '    @functools.cached_property',
      '    def q(this): return 2',
      '    @staticmethod',
      '    def s(a): pass',
      '    @classmethod',
      '    def c(cls, a): pass',
      '    def __new__(cls): pass',
      '    def n(*args): pass',
    );
    expect(print(code)).toBe(
      lines(
        '(const A (class A < B',
        '  constructor: (fn __init__ (a) receiver=self',
        '    (assign (. self a) a))',
        '  get p: (@property fn p () receiver=self',
        '    (return 1))',
        '  get q: (@(. functools cached_property) fn q () receiver=this',
        '    (return 2))',
        '  static s: (@staticmethod fn s (a))',
        '  static c: (@classmethod fn c (a) receiver=cls:class)',
        '  static __new__: (fn __new__ () receiver=cls:class)',
        '  static n: (fn n (...args))))',
      ),
    );
  });

  test('fields', () => {
    const code = lines(
      'class A:',
      '    """Text."""',
      '    a = 1',
      '    b: str',
      '    c: int = Field(default=2)',
      '    d, e = f()',
      '    class N: pass',
    );
    expect(print(code)).toBe(
      lines(
        '(const A (class A',
        '  static field a = 1',
        '  field b: str',
        '  static field c: int = (call Field default=2)',
        '  static field  = (call f)',
        '  static field e',
        '  static field d',
        '  static field N = (class N)))',
      ),
    );
  });

  test('what else runs in a class body keeps its calls and definitions', () => {
    const code = lines(
      'class A(metaclass=meta()):',
      '    if cond():',
      '        def m(self): pass',
      '    else:',
      '        raise error()',
      '    for x in items(): call(x)',
      '    with ctx() as y: z = 1',
      '    table[key()] = 1',
    );
    const text = print(code);
    for (const name of ['meta', 'cond', 'error', 'items', 'call', 'ctx', 'key'])
      expect(text).toContain(`(call ${name}`);
    expect(text).toContain('m: (fn m () receiver=self)');
    expect(text).toContain('static field z = 1');
  });
});

describe('control flow', () => {
  test('if, elif and else are one branch', () => {
    expect(print('if a: b\nelif c():\n    d\nelse: e')).toBe(
      lines('(if! a (call c)', '  (path', '    b)', '  (path', '    d)', '  (path', '    e))'),
    );
  });

  test('try: the body with else, each handler; finally follows', () => {
    const code = lines('try: a', 'except (B, C) as e: d', 'except* F: g', 'else: h', 'finally: i');
    expect(print(code)).toBe(
      lines(
        '(try! [B C] F',
        '  (path',
        '    a',
        '    h)',
        '  (path',
        '    (var e (opaque))',
        '    d)',
        '  (path',
        '    g))',
        '(block',
        '  i)',
      ),
    );
  });

  test('match: captures are bound in their alternative', () => {
    const code = lines(
      'match f(x), y:',
      '    case A(b=1, c), [d, *e] if g(): h',
      '    case {"k": m, **n}: o',
      '    case X() | None as p: q',
      '    case _: r',
    );
    expect(print(code)).toBe(
      lines(
        '(switch! [(call f x) y] (call g)',
        '  (path',
        '    (var c (opaque))',
        '    (var d (opaque))',
        '    (var e (opaque))',
        '    h)',
        '  (path',
        '    (var m (opaque))',
        '    (var n (opaque))',
        '    o)',
        '  (path',
        '    (var p (opaque))',
        '    q)',
        '  (path',
        '    r))',
      ),
    );
  });

  test('loops; an else may be skipped', () => {
    expect(print('async for a, b in c, *d:\n    e\nelse: return')).toBe(
      lines('(for [a b] of [c ...d]', '  e)', '(if', '  (path', '    (return)))'),
    );
    expect(print('while (x := f()):\n    break')).toBe(lines('(while test (set x = (call f))', '  (break))'));
  });

  test("a loop's body span leaves out its head and its else", () => {
    const code = 'for a in b:\n    c()\n    d()\nelse:\n    e()\n';
    const [loop] = lower(code).body;
    if (loop?.kind !== 'loop') throw new Error('not a loop');
    expect(code.slice(loop.bodySpan.start, loop.bodySpan.end)).toBe('c()\n    d()');
  });

  test.each([
    ['with a() as b, c: d', '(with (call a) as b c\n  d)'],
    ['async with (a() as b, c() as d,): e', '(with (call a) as b (call c) as d\n  e)'],
    ['with (a() as b): c', '(with (call a) as b\n  c)'],
    ['with a as (b, c), d as e.f: g', '(with a as [b c] d as (. e f)\n  g)'],
    ['with (a, b): c', '(with a b\n  c)'],
    ['with (a)(): c', '(with (call a)\n  c)'],
  ])('%s', (code, expected) => {
    expect(print(code)).toBe(expected);
  });

  test.each([
    ['raise A() from b()', '(call b)\n(throw (call A))'],
    ['raise', '(throw)'],
    ['def f(): return 1, 2', '(const f (fn f ()\n  (return [1 2])))'],
    ['assert f(), g()', '(opaque (call f) (call g))'],
    ['del a[f()]', '(opaque ([] a (call f)))'],
    ['type A = list[int]', ''],
    ['a = 1; f(); pass', '(var a 1)\n(call f)'],
  ])('%s', (code, expected) => {
    expect(print(code)).toBe(expected);
  });
});
