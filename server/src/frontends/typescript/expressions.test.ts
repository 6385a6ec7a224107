// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the strings are source code.
import { expect, test } from 'vitest';
import { lowered } from './test-lowered.ts';
import { typescript } from './typescript.ts';

test.each([
  ['a.b?.c', '(. (. a b) c)'],
  ['a["b"]', '(. a b)'],
  ['a?.["b"]', '(. a b)'],
  ['a[b][0]', '([] ([] a b) 0)'],
  ['f(a, ...b)', '(call f a ...b)'],
  ['f<string>(a)', '(call f a)'],
  ['await f?.()', '(call f)'],
  ['new X', '(new X)'],
  ['new a.X(1)', '(new (. a X) 1)'],
  ['(a as B)!.c satisfies D', '(. a c)'],
  ['(<B>a).c', '(. a c)'],
  ['"a\\n"', '"a\\n"'],
  ['`a`', '"a"'],
  ['`a${b}c${d}`', '(template "a" ${b} "c" ${d})'],
  ['tag`a${b}`', '(call tag (template "a" ${b}))'],
  ['1_000', '1000'],
  ['-0x10', '-16'],
  ['10n', '10'],
  ['[true, false, null, undefined, void 0]', '[true false null null null]'],
  ['[a, , ...b]', '[a null ...b]'],
  ['(0, a.b)(c)', '(call (. a b) c)'],
  ['x((f(), y))', '(call x (opaque (call f) y))'],
  ['a ? b : c', '(? a b c)'],
  ['a ?? b || c && d', '(|| (?? a b) (&& c d))'],
  ['a + b % c', '(+ a (% b c))'],
  ['!f()', '(! (call f))'],
  ['typeof f()', '(typeof (call f))'],
  ['x(a = b)', '(call x (set a = b))'],
  ['x(a ??= b)', '(call x (set a ??= b))'],
  ['x(i++)', '(call x (set i += 1))'],
  ['/a"b/.test(c)', '(call (. (opaque) test) c)'],
  ['import("m")', '(import "m")'],
  ['import(m)', '(call (opaque) m)'],
  ['require("m").a', '(. (import "m") a)'],
  ['require(m)', '(call require m)'],
  ['import.meta.env.A', '(. (. import.meta env) A)'],
  ['super.a', '(. super a)'],
  ['x(async (a) => await a.b())', '(call x (async fn (a)\n  (return (call (. a b)))))'],
  ['x(function* f() { yield g() })', '(call x (generator fn f () receiver=this\n  (opaque (call g))))'],
])('%s', (text, expected) => {
  expect(lowered(`${text};`)).toBe(expected);
});

test('an object literal keeps quoted, numeric and computed keys, methods, accessors and spreads', () => {
  expect(lowered('x({ a, "b-c": 1, 2: 3, ["d"]: 4, [e]: 5, ...f, g() {}, get h() { return 1 }, set h(v) {} });')).toBe(
    `(call x {a b-c: 1 2: 3 d: 4 [e]: 5 ...f g: (fn g () receiver=this) get h: (fn h () receiver=this
  (return 1)) set h: (fn h (v) receiver=this)})`,
  );
});

test('a function or class takes the name of what it is assigned to', () => {
  expect(lowered('const a = () => {}; let b = class {}; c = function () {}; x({ d: () => {} })')).toBe(
    '(const a (fn a ()))\n(let b (class b))\n(assign c (fn c () receiver=this))\n(call x {d: (fn d ())})',
  );
});

test('JSX holds the expressions of the element and of those inside it', () => {
  const text = 'x(<A b={f()} c="d" {...e}>text {g(<h i={j} />)} <>{k}</> {/* nothing */}</A>);';
  expect(lowered(text, 'a.tsx')).toBe('(call x (opaque (call f) e (call g (opaque j)) k))');
  expect(lowered(text, 'a.js')).toBe(lowered(text, 'a.tsx'));
});

test('a chain that is broken over lines keeps where its method is written', () => {
  const text = 'client\n  .chat // the API\n  .create(a)';
  const statement = typescript.lower(text, 'a.ts').body[0];
  if (statement?.kind !== 'expression' || statement.expression.kind !== 'call') throw new Error('not a call');
  const { callee, argumentsStart, start } = statement.expression;
  if (callee.kind !== 'member') throw new Error('not a member');
  expect([start, callee.propertyStart, argumentsStart]).toEqual([0, text.indexOf('create'), text.indexOf('(') + 1]);
});

test('a tagged template and `new X` have no argument list', () => {
  for (const text of ['x(f`a`)', 'x(new X)']) {
    expect(JSON.stringify(typescript.lower(text, 'a.ts'))).toContain('"argumentsStart":-1');
  }
});

test('a long chain of operators becomes a tree that is not deep', () => {
  const many = (operand: string, operator: string) => Array(20_000).fill(operand).join(operator);
  expect(lowered(`x = "a" + ${many('b', ' + ')}`)).toMatch(/^\(assign x \(template "a" \$\{b\} \$\{b\}/);
  expect(lowered(`x = ${many('b()', ' - ')}`)).toMatch(/^\(assign x \(opaque \(call b\) \(call b\)/);
  expect(lowered(`x = ${many('b', ' || ')}`)).toMatch(/^\(assign x \(\|\| \(\|\| \(\|\|/);
});
