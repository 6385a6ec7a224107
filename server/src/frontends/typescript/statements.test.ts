import { expect, test } from 'vitest';
import { lowered } from './test-lowered.ts';

test.each([
  ['const a = 1, b: B = c', '(const a 1)\n(const b: B c)'],
  ['let a; var b', '(let a)\n(var b)'],
  ['using a = b()', '(const a (call b))'],
  ['const { a, b: { c = 1 }, ["d"]: e, [f]: g, ...h } = i', '(const {a b: {c=1} d: e [computed]: g ...h} i)'],
  ['const [a, , b = 1, ...c] = d', '(const [a _ b ...c] d)'],
  ['a = b', '(assign a b)'],
  ['a.b ||= c', '(assign (. a b) ||= c)'],
  ['[a, b.c] = d', '(assign [a (. b c)] d)'],
  ['({ a, b: c = 1, ...d } = e)', '(assign {a b: c=1 ...d} e)'],
  ['f() = a', '(opaque (call f) a)'],
  ['i++', '(assign i += 1)'],
  ['a(), b()', '(call a)\n(call b)'],
  ['label: f()', '(call f)'],
  ['declare const a: B; declare function f(): void; declare class C {}; declare module "m" {}', ''],
  ['function f(a: A): B; function f(a) {}', '(const f (fn f (a) receiver=this))'],
  ['namespace A.B { export const c = 1 }', '(block\n  (block\n    (const c 1)))'],
  ['enum A { B, C = 4, D, E = "e", F = f(), G }', '(const A {B: 0 C: 4 D: 5 E: "e" F: (call f) G: (opaque)})'],
])('%s', (text, expected) => {
  expect(lowered(text)).toBe(expected);
});

test('a ladder of `else if` is one branch', () => {
  expect(lowered('if (a) b(); else if (c) { d() } else e()')).toBe(
    '(if! a c\n  (path\n    (call b))\n  (path\n    (call d))\n  (path\n    (call e)))',
  );
  expect(lowered('if (a) b()')).toBe('(if a\n  (path\n    (call b)))');
});

test('clauses of a switch without statements share those of the next', () => {
  expect(lowered('switch (a) { case 1: case 2: b(); break; default: c() }')).toBe(
    '(switch! a 1 2\n  (path\n    (call b))\n  (path\n    (call c)))',
  );
});

test('the body and the handler of a try are alternatives, and what is at last follows', () => {
  expect(lowered('try { a() } catch (e) { b(e) } finally { c() }')).toBe(
    '(try!\n  (path\n    (call a))\n  (path\n    (let e)\n    (call b e)))\n(block\n  (call c))',
  );
  expect(lowered('try { a() } finally { c() }')).toBe('(block\n  (call a))\n(block\n  (call c))');
});

test.each([
  ['for (const a of b) c(a)', '(for a of b\n  (call c a))'],
  ['for await (const { a } of b) c(a)', '(for {a} of b\n  (call c a))'],
  ['for (a.b in c) d()', '(for (. a b) of (opaque c)\n  (call d))'],
  [
    'for (let i = 0; i < 3; i++) f(i)',
    '(block\n  (let i 0)\n  (for test (< i 3)\n    (call f i)\n    (assign i += 1)))',
  ],
  ['for (;;) { break }', '(for\n  (break))'],
  ['while (a) { continue }', '(while test a\n  (continue))'],
  ['do { f() } while (a)', '(while test a\n  (call f))'],
])('%s', (text, expected) => {
  expect(lowered(text)).toBe(expected);
});

test('functions keep parameters, defaults, annotations and what they return', () => {
  expect(lowered('async function f(this: T, { a }: A, b = 1, c?: string, ...d: D[]): Promise<R> { return a }')).toBe(
    `(const f (async fn f ({a}: A b=1 c: string ...d: ([] Array D)) receiver=this -> ([] Promise R)
  (return a)))`,
  );
});

test('classes keep fields, methods, accessors, parameter properties, decorators and static blocks', () => {
  const text = `@d(1) class A<T> extends b.B implements C {
    #p = new P(); declare q: Q; static r = 1; [s: string]: any;
    constructor(private readonly t: T, u) { super(u) }
    constructor();
    abstract v(): V;
    @w async x() {} static y() { return this } get z() { return 1 } set z(v) {} static { f() } g = () => this;
  }`;
  expect(lowered(text)).toBe(`(const A (@(call d 1) class A < (. b B)
  field #p = (new P)
  field q: Q
  static field r = 1
  constructor: (fn constructor (field t: T u) receiver=this
    (call super u))
  x: (@w async fn x () receiver=this)
  static y: (fn y () receiver=this:class
    (return this))
  get z: (fn z () receiver=this
    (return 1))
  set z: (fn z (v) receiver=this)
  static static {}: (fn static {} () receiver=this:class
    (call f))
  field g = (fn g ()
    (return this))))`);
});
