import { expect, test } from 'vitest';
import { lowered } from './test-lowered.ts';

test.each([
  ['import "a"', '(import "a")'],
  ['import a, { b, c as d, default as e, type F } from "m"', '(import "m" default as a b c as d default as e F)'],
  ['import type { A } from "m"', '(import "m" A)'],
  ['import * as a from "m"', '(import "m" * as a)'],
  ['import a = require("m")', '(const a (import "m"))'],
  ['import a = b.c', '(const a (. b c))'],
  ['export * from "m"', '(export from="m" *)'],
  ['export * as a from "m"', '(export from="m" * as a)'],
  ['export { a as b, c } from "m"', '(export from="m" a as b c)'],
  ['export { a as default }', '(export a as default)'],
  ['export {}', ''],
  ['export default f()', '(export value=(call f))'],
  ['export = a', '(export value=a)'],
  ['export default function () {}', '(export value=(fn () receiver=this))'],
  ['export default class A {}', '(const A (class A))\n(export A as default)'],
  ['export async function f() {}', '(const f (async fn f () receiver=this))\n(export f)'],
  ['export const { a, b: [c] } = d, e = 1', '(const {a b: [c]} d)\n(const e 1)\n(export a c e)'],
  ['export enum A { B }', '(const A {B: 0})\n(export A)'],
  ['namespace A { export function f() {} }', '(block\n  (const f (fn f () receiver=this)))'],
])('%s', (text, expected) => {
  expect(lowered(text)).toBe(expected);
});

test.each([
  ['module.exports = a', '(export value=a)'],
  ['exports = module.exports = a', '(export value=a)'],
  [
    'module.exports = { a, b: c, d() {} }',
    ['(const exports.d (fn d () receiver=this))', '(export a c as b exports.d as d value={a b: c d: exports.d})'].join(
      '\n',
    ),
  ],
  ['exports.a = b', '(export b as a)'],
  ['module.exports.a = () => 1', '(const exports.a (fn a ()\n  (return 1)))\n(export exports.a as a)'],
  ['exports.a = void 0', '(assign (. exports a) null)'],
  ['exports.a ||= b', '(assign (. exports a) ||= b)'],
  ['function f() { exports.a = b }', '(const f (fn f () receiver=this\n  (assign (. exports a) b)))'],
])('%s', (text, expected) => {
  expect(lowered(text, 'a.cjs')).toBe(expected);
});
