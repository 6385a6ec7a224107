/**
 * A generated file with thousands of calls takes time in proportion to its size. Counted instead of timed: the characters
 * that are searched, and the nodes of a syntax tree that are looked at, for files of which one is twice as long.
 */
import { DEFAULT_CONFIG } from '@farthing/shared/config-defaults';
import ts from 'typescript';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { scan } from '../server/src/analyzer.ts';
import { visitAround } from '../server/src/frontends/typescript/edits/visit-around.ts';
import { NOW } from '../server/src/rules/support/testing.ts';
import { makeTree } from '../server/src/workspace/testing.ts';

const CALLS = 40;

/** Characters that searches of a text go through, however they end. */
function countSearched(work: () => void): number {
  let searched = 0;
  const { lastIndexOf, includes, isWellFormed } = String.prototype;
  const { exec, test } = RegExp.prototype;
  vi.spyOn(String.prototype, 'lastIndexOf').mockImplementation(function (this: string, needle, from = Infinity) {
    const found = lastIndexOf.call(this, needle, from);
    searched += Math.min(from, this.length) - Math.max(found, 0);
    return found;
  });
  vi.spyOn(String.prototype, 'includes').mockImplementation(function (this: string, needle, from) {
    searched += this.length;
    return includes.call(this, needle, from);
  });
  vi.spyOn(String.prototype, 'isWellFormed').mockImplementation(function (this: string) {
    searched += this.length;
    return isWellFormed.call(this);
  });
  /** One that begins at a place, or goes on from the last match, goes through no more than it finds. */
  const countIn = (pattern: RegExp, text: string): void => {
    const isAnchored = pattern.sticky || pattern.global || (pattern.source.startsWith('^') && !pattern.multiline);
    if (!isAnchored) searched += text.length;
  };
  vi.spyOn(RegExp.prototype, 'test').mockImplementation(function (this: RegExp, text) {
    countIn(this, text);
    return test.call(this, text);
  });
  vi.spyOn(RegExp.prototype, 'exec').mockImplementation(function (this: RegExp, text) {
    countIn(this, text);
    return exec.call(this, text);
  });
  work();
  vi.restoreAllMocks();
  return searched;
}
afterEach(() => vi.restoreAllMocks());

const repeat = (count: number, make: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => make(index)).join('');

const SHAPES: readonly (readonly [name: string, file: string, head: string, call: (index: number) => string])[] = [
  [
    'calls in TypeScript',
    'a.ts',
    "import OpenAI from 'openai';\nconst client = new OpenAI();\n",
    (index) => `export const ask${index} = (text: string) =>
  client.chat.completions.create({
    model: 'gpt-4-turbo',
    messages: [{ role: 'user', content: \`Éxito: ${'$'}{text}\` }],
  });
`,
  ],
  [
    'options in variables',
    'a.ts',
    "import OpenAI from 'openai';\nconst client = new OpenAI();\n",
    (index) => `const options${index} = { model: 'gpt-4-turbo', messages: [{ role: 'user' as const, content: 'Hi' }] };
export const ask${index} = () => client.chat.completions.create(options${index});
`,
  ],
  [
    'calls in Python',
    'a.py',
    'from openai import OpenAI\nclient = OpenAI()\n',
    (index) => `def ask${index}(text):
    return client.chat.completions.create(
        model="gpt-4-turbo",
        messages=[{"role": "user", "content": f"Éxito: {text}"}],
    )
`,
  ],
];

describe.each(SHAPES)('%s', (_, file, head, call) => {
  const searchedIn = (count: number): number => {
    const root = makeTree({ [file]: head + repeat(count, call) });
    let fixes = 0;
    const searched = countSearched(() => {
      const { report } = scan({
        paths: [root],
        root,
        config: DEFAULT_CONFIG,
        configFolder: root,
        now: NOW,
        cache: null,
      });
      expect(report.calls).toHaveLength(count);
      fixes = report.diagnostics.filter(({ fix }) => fix !== 'none').length;
    });
    expect(fixes).toBeGreaterThanOrEqual(count);
    return searched;
  };

  test('twice the calls search twice the characters', () => {
    searchedIn(1);
    expect(searchedIn(2 * CALLS) / searchedIn(CALLS)).toBeLessThan(2.5);
  });
});

/** Elements of the lists that are filtered, mapped or sorted. */
function countElements(work: () => void): number {
  let elements = 0;
  const { filter, flatMap, sort } = Array.prototype;
  for (const [name, method] of Object.entries({ filter, flatMap, sort })) {
    const original = method as (...args: unknown[]) => unknown;
    vi.spyOn(Array.prototype, name as 'filter').mockImplementation(function (this: unknown[], ...args: unknown[]) {
      elements += this.length;
      return original.apply(this, args) as never;
    });
  }
  work();
  vi.restoreAllMocks();
  return elements;
}

test('twice the calls of one function make lists twice as long', () => {
  const head = `import OpenAI from 'openai';
const client = new OpenAI();
const ask = (content: string) =>
  client.chat.completions.create({ model: 'gpt-4-turbo', messages: [{ role: 'user', content }] });
`;
  const elementsIn = (count: number): number => {
    const root = makeTree({ 'a.ts': head + repeat(count, (index) => `await ask('Name the capital of ${index}');\n`) });
    return countElements(() => {
      const { report } = scan({
        paths: [root],
        root,
        config: DEFAULT_CONFIG,
        configFolder: root,
        now: NOW,
        cache: null,
      });
      expect(report.calls).toHaveLength(count + 1);
      expect(report.diagnostics.filter(({ rule }) => rule === 'retired-model')).toHaveLength(1);
    });
  };
  elementsIn(1);
  expect(elementsIn(2 * CALLS) / elementsIn(CALLS)).toBeLessThan(2.2);
});

test('a place in a syntax tree is found by halving the lists on the way', () => {
  const read = (count: number): number => {
    const text = repeat(count, (index) => `f(${index});\n`);
    const file = ts.createSourceFile('a.ts', text, ts.ScriptTarget.Latest);
    let reads = 0;
    const statements = file.statements as unknown as ts.Statement[];
    for (const [index, statement] of statements.entries()) {
      statements[index] = new Proxy(statement, {
        get: (target, key) => {
          if (key === 'end') reads++;
          return Reflect.get(target, key);
        },
      });
    }
    const visited: string[] = [];
    const start = text.lastIndexOf('f(');
    visitAround(file, { start, end: start + 1 }, (node) => visited.push(node.getText(file)));
    expect(visited.at(-1)).toBe('f');
    return reads;
  };
  expect(read(4096) - read(2048)).toBe(1);
});
