import { expect, test } from 'vitest';
import { lowered } from './test-lowered.ts';

test.each([
  ['OpenAI', 'OpenAI'],
  ['a.b.C', '(. (. a b) C)'],
  ['Promise<OpenAI>', '([] Promise OpenAI)'],
  ['Map<string, OpenAI>', '([] Map [string OpenAI])'],
  ['A | B | null | undefined', '(| (| A B) (| null null))'],
  ['A & B', '(& A B)'],
  ['A[]', '([] Array A)'],
  ['readonly (A)[]', '([] Array A)'],
  ['typeof a.b', '(. a b)'],
  ['ReturnType<typeof f>', '([] ReturnType f)'],
  ['import("m").A.B', '(. (. (import "m") A) B)'],
  ['typeof import("m")', '(import "m")'],
  ['A["b"]', '(. A b)'],
  ['"a" | "b"', '(| "a" "b")'],
  ['{ a: A; "b"?: { c: C }; d(): void }', '(class\n  field a: A\n  field b: (class\n    field c: C))'],
  ['(a: A) => B', '(opaque)'],
])('%s', (type, expected) => {
  expect(lowered(`let x: ${type}`)).toBe(`(let x: ${expected})`);
});

test('a keyword leads to no class and is not an annotation, but `string` is', () => {
  expect(lowered('let a: string, b: any, c: unknown')).toBe('(let a: string)\n(let b)\n(let c)');
});

test('interfaces and aliases are constants under their names', () => {
  expect(lowered('interface A extends B<C>, d.D { e: E; f(): void } export type G = { h: H }; type I = OpenAI')).toBe(
    '(const A (class A < B (. d D)\n  field e: E))\n(const G (class G\n  field h: H))\n(export G)\n(const I OpenAI)',
  );
});

test('a value goes before a type of the same name', () => {
  expect(lowered('type A = z.infer<typeof A>; const A = z.object({}); interface B {} class B {}')).toBe(
    '(const A (call (. z object) {}))\n(const B (class B))',
  );
});
