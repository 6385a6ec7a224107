import { describe, expect, test } from 'vitest';
import { expressionOf, printed } from './testing.ts';

describe('expressions', () => {
  test.each([
    ['a.b', '(. a b)'],
    ['a["b"]', '([] a "b")'],
    ['a[1:n]', '([] a (opaque [1 n]))'],
    ['a[f():, *b]', '([] a (opaque [(call f) ...b]))'],
    ['a[b, c]', '([] a [b c])'],
    ['await f()', '(call f)'],
    ['(f)(1)', '(call f 1)'],
    ['f(a, b=1, *c, **d)', '(call f a b=1 ...c **d)'],
    ['f(x for x in y if z)', '(call f (generator x (for x of y if z)))'],
    ['f(1, x := 2)', '(call f 1 (set x = 2))'],
    ['{"a": 1, b: 2, **c, b"x": 3}', '{a: 1 [b]: 2 ...c [b"x"]: 3}'],
    ['{"a" "b": 1}', '{ab: 1}'],
    ['[1, *a]', '[1 ...a]'],
    ['(1,)', '[1]'],
    ['()', '[]'],
    ['{1, a}', '[1 a]'],
    ['a, b', '[a b]'],
    ['lambda a, *b, c=1, **d: a', '(fn (a ...b *, c=1 **d)\n  (return a))'],
    ['lambda: (yield)', '(generator fn ()\n  (return (opaque)))'],
    ['[x for a in b for x in a if x if y]', '(list x (for a of b) (for x of a if x if y))'],
    ['{k: v for k, v in d}', '(dict {[k]: v} (for [k v] of d))'],
    ['{x async for x in y}', '(set x (for x of y))'],
    ['a if b else c', '(? b a c)'],
    ['a or b and c', '(|| a (&& b c))'],
    ['not f()', '(! (call f))'],
    ['not a and b', '(&& (! a) b)'],
    ['a or not b or not not c', '(|| (|| a (! b)) (! (! c)))'],
    ['not a in b', '(! (in a b))'],
    ['not a == b and c', '(&& (! (== a b)) c)'],
    ['not a if b else not c', '(? b (! a) (! c))'],
    ['a not in b', '(not in a b)'],
    ['a is  not b', '(is not a b)'],
    ['a < b < c', '(< (< a b) c)'],
    ['a @ b ** c', '(@ a (** b c))'],
    ['(y := f())', '(set y = (call f))'],
    ['1_000.5e1', '10005'],
    ['1.', '1'],
    ['0x1F', '31'],
    ['-1', '-1'],
    ['-a', '(opaque a)'],
    ['2j', '(opaque)'],
    ['None', 'null'],
    ['True', 'true'],
    ['...', '(opaque)'],
    ['super().a()', '(call (. super a))'],
    ['super(A, self).__init__(x)', '(call super x)'],
    ['super(A, f()).a', '(. (call super A (call f)) a)'],
    ['a.b(\n  1\n).c()', '(call (. (call (. a b) 1) c))'],
  ])('%s', (code, expected) => {
    expect(printed(code)).toBe(expected);
  });

  test('a chain that is broken over lines knows where its method stands', () => {
    expect(expressionOf('(a\n  .b)')).toMatchObject({ kind: 'member', start: 1, end: 7, propertyStart: 6 });
  });

  test('a call knows its span and where its arguments start', () => {
    expect(expressionOf('f.g (1)')).toMatchObject({ kind: 'call', start: 0, end: 7, argumentsStart: 5, isNew: false });
  });

  test('a named argument spans its name and value', () => {
    expect(expressionOf('f(a = 1)')).toMatchObject({ arguments: [{ kind: 'named', name: 'a', start: 2, end: 7 }] });
  });
});
