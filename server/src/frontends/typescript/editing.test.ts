import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { typescript } from './typescript.ts';

const MODULE = Array.from(
  { length: 10 },
  (_, index) => `
// Part ${index}; farthing-ignore-next-line a-rule -- a reason
export async function ask${index}(text: string, { limit = ${index} }: Options = {}): Promise<string> {
  const rows = new Map<string, number>();
  for (const [key, value] of Object.entries(text)) if (value !== '' && key.length < limit) rows.set(key, value.length);
  const answer = await client.create({ model: 'm${index}', prompt: \`Say \${text} in \${[...rows].map(([k, v]) => \`\${k}: \${v}\`)}\` });
  return answer?.text ?? /[/]"/.test(text) ? \`\${index}\` : '';
}
export class Part${index}<T> extends Base { readonly #held: T[] = []; add = (item: T) => this.#held.push(item); }
declare const total${index}: number;
`,
).join('');

const FRAGMENTS = [
  'x',
  '(',
  ')',
  '{',
  '}',
  '[',
  '"',
  "'",
  '`',
  '${',
  '/',
  '/*',
  '*/',
  '//',
  '<',
  '=>',
  ';',
  '\n',
  'await ',
  'async ',
];

const edits = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    removed: fc.oneof(fc.constant(0), fc.constant(1), fc.nat(60)),
    added: fc.oneof(fc.constantFrom(...FRAGMENTS), fc.constant(''), fc.constant('const y = ask(1);\n')),
    isTakenBack: fc.boolean(),
  }),
  { minLength: 1, maxLength: 10 },
);

test.each(['a.ts', 'a.tsx', 'a.js'])('after any edits of %s the module is that of the text alone', (path) => {
  fc.assert(
    fc.property(edits, (sequence) => {
      const lower = typescript.createEditing();
      let text = MODULE;
      lower(text, path);
      const becomes = (next: string): void => {
        text = next;
        const edited = lower(text, path);
        const whole = typescript.lower(text, path);
        // There are thousands of nodes: the slow comparison only produces the message.
        if (!isDeepStrictEqual(edited, whole)) expect(edited).toEqual(whole);
      };
      for (const { at, removed, added, isTakenBack } of sequence) {
        const before = text;
        const start = Math.floor(at * (before.length + 1));
        becomes(before.slice(0, start) + added + before.slice(start + removed));
        if (isTakenBack) becomes(before);
      }
    }),
    { seed: 20261124, numRuns: 40 },
  );
});

test('a text that cannot be parsed, and an empty one, are no end of it', () => {
  const lower = typescript.createEditing();
  const deep = `f(${'['.repeat(20_000)}`;
  for (const text of [MODULE, deep, MODULE, '', MODULE, MODULE]) {
    expect(lower(text, 'a.ts')).toEqual(typescript.lower(text, 'a.ts'));
  }
});
