// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the strings are source code.
/** Broken code is input: nothing throws, whatever the text, and every span is inside its parent's. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ModuleNode, Span } from '../../ir/nodes.ts';
import { typescript } from './typescript.ts';

const FIXTURE = `#!/usr/bin/env node
import OpenAI, { type ClientOptions as Options } from 'openai'; // farthing: calls=1/month
export * as all from './all';
@decorated() export default class Support<T> extends base.Base {
  #client: OpenAI | null = new OpenAI({ apiKey: process.env["KEY"] ?? \`a\${b}c\`, ...rest })!;
  constructor(private readonly model: Array<string>, { a: [c, ...d] = [1] }: Options) { super(model) }
  static { start() }
  get ready() { return this.#client?.ready }
  async *answer(question = 'none') {
    for await (const part of this.#client.chat.completions.create({ model: this.model, [question]: -1, stream: true })) {
      if (!part) continue; else if (part.done) break; else yield* part as Part;
    }
    try { x = (0, y.z)(\`a\`) } catch (error) { throw error } finally { label: do { i++ } while (i < 3) }
    switch (question) { case 'a': case 'b': return f\`t\${a}\`; default: a ||= b, c = d }
    const element = <Box key="k" {...props}>text {items.map((item) => <b>{item}</b>)}<></></Box>;
    [p, q = 1] = r; ({ m, n: o = 3, ...s } = t); for (let i = 0, j; i < 3; i++) { g() } for (const k in l) ;
  }
}
interface Shape extends Other { client: typeof client; nested?: { deep: import('m').A['b'][] } }
enum Kind { A = 'a', B }
namespace Inner { export const one = 1 }
module.exports = { Kind, run: () => 1 };
exports.two = async function () {};
import fs = require('fs'); const { join } = require('path'), lazy = await import('lazy');
`;
const PATHS = ['a.ts', 'a.tsx', 'a.js'] as const;

function lower(text: string, path: string): void {
  expectSpans(typescript.lower(text, path), text);
}

/** Walks plain data without knowing its structure: anything with a start is a span. */
function expectSpans(module: ModuleNode, text: string): void {
  const pending: [object, Span][] = [[module, { start: 0, end: text.length }]];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [node, parent] = next;
    let inside = parent;
    if ('start' in node && 'end' in node) {
      inside = node as Span;
      const isWithin = parent.start <= inside.start && inside.start <= inside.end && inside.end <= parent.end;
      if (!isWithin) expect.fail(`${JSON.stringify(node)} is not within ${JSON.stringify(parent)} of ${text}`);
    }
    for (const key of ['propertyStart', 'argumentsStart'] as const) {
      const offset = (node as Record<string, unknown>)[key];
      if (offset === undefined || offset === -1) continue;
      expect(offset).toBeGreaterThanOrEqual(inside.start);
      expect(offset).toBeLessThanOrEqual(inside.end);
    }
    for (const value of Object.values(node))
      if (typeof value === 'object' && value !== null) pending.push([value, inside]);
  }
}

test('every prefix of a text lowers', () => {
  for (const path of PATHS) for (let end = 0; end <= FIXTURE.length; end++) lower(FIXTURE.slice(0, end), path);
});

test('a text with a piece cut out, or with marks put in, lowers', () => {
  const offset = fc.nat(FIXTURE.length);
  const marks = fc.string({ unit: fc.constantFrom(...'{}[]()<>`\'"/*.,=>?:;!@#$\\\n\0'), maxLength: 4 });
  fc.assert(
    fc.property(offset, fc.nat(40), marks, fc.constantFrom(...PATHS), (from, length, inserted, path) => {
      lower(FIXTURE.slice(0, from) + inserted + FIXTURE.slice(from + length), path);
    }),
    { numRuns: 500 },
  );
});

test('a statement that the parser makes up where another one begins lowers', () => {
  lower('for (const#= a) {\n  if (!part) continue; else b();\n}', 'a.ts');
});

test('any string lowers', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.constantFrom(...PATHS), (text, path) =>
      lower(text, path),
    ),
    { numRuns: 500 },
  );
});

test.each([
  ['arrays', '['],
  ['blocks', '{'],
  ['calls', 'f('],
  ['members', 'a.b().'],
  ['unary operators', '!'],
  ['arrows', '() => '],
  ['conditionals', 'a ? b : '],
  ['ladders', 'if (a) {} else '],
  ['assignments', 'a = '],
  ['labels', 'a: '],
  ['templates', '`${'],
  ['elements', '<a>'],
  ['types', 'let a: A<'.padEnd(12, 'A<')],
  ['patterns', 'const {a:'],
  ['classes', 'class A { a = '],
])('%s that nest deeply', (_, piece) => {
  for (const depth of [300, 5_000]) for (const path of PATHS) lower(piece.repeat(depth), path);
});

test('after a text that is too deep the next one lowers as ever', () => {
  const before = typescript.lower(FIXTURE, 'a.tsx');
  const deep = typescript.lower(`x = ${'['.repeat(50_000)}`, 'a.ts');
  expect(deep).toEqual({
    language: 'typescript',
    body: [],
    comments: [],
    syntaxError: { start: 0, end: 0, cause: 'depth' },
  });
  expect(typescript.lower(FIXTURE, 'a.tsx')).toEqual(before);
});

test('what nests too deep to be read is said to be', () => {
  const call = `${'f('.repeat(1_000)}deep()${')'.repeat(1_000)}`;
  expect(typescript.lower(`before();\n${call};`, 'a.ts').syntaxError).toMatchObject({ cause: 'depth' });
  expect(typescript.lower(`before();\n${'f('.repeat(100)}deep()${')'.repeat(100)};`, 'a.ts').syntaxError).toBeNull();
});

test('a byte order mark and a hashbang line are no code', () => {
  const { body, syntaxError } = typescript.lower('\uFEFF#!node\nf()', 'a.js');
  expect(body.at(-1)).toMatchObject({ kind: 'expression', start: 8, end: 11 });
  expect(typescript.lower('\uFEFFf()', 'a.js').syntaxError).toBeNull();
  expect(typescript.lower('#!node\nf()', 'a.ts').syntaxError).toBeNull();
  expect(syntaxError === null || syntaxError.start === 1).toBe(true);
});

test('the first error is where the parser recovered; types in JavaScript are none', () => {
  expect(typescript.lower('const a = 1;', 'a.ts').syntaxError).toBeNull();
  expect(typescript.lower('a.b.;\n}', 'a.ts').syntaxError).toEqual({ start: 4, end: 5, cause: 'syntax' });
  expect(typescript.lower('const a: string = 1; interface B {}', 'a.js').syntaxError).toBeNull();
});
