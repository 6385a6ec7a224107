import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { parser } from './generated/parser.ts';
import { parseAgain } from './parse-again.ts';
import { parseTree } from './tree.ts';

const FUNCTIONS = 16;

/** A module of ordinary functions and classes, with comments between and inside them. */
const MODULE = Array.from(
  { length: FUNCTIONS },
  (_, index) => `
# Part ${index}.
@cached
def ask_${index}(text: str, limit: int = ${index}) -> dict:
    """What part ${index} says."""
    rows = {}
    for key, value in text.items():  # in order
        if value < limit or not key:
            continue
        rows.setdefault(key, []).append(f"{key}: {value:.2f}")
    try:
        return {key: held for key, held in rows.items() if len(held) > ${index}}
    except (KeyError, ValueError) as error:
        raise RuntimeError("""no
answer""") from error

class Part${index}(Base): pass
total_${index} = (ask_${index}("a",
    ${index})); print(total_${index})
`,
).join('');

const FRAGMENTS = [
  'x',
  '(',
  ')',
  '[',
  '"',
  "'''",
  '"""',
  '\n',
  '\n    ',
  ':',
  ' = ',
  'else:',
  '#',
  '\\\n',
  '\t',
  ';',
  'f"{',
];

const edits = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    removed: fc.oneof(fc.constant(0), fc.constant(1), fc.nat(60)),
    added: fc.oneof(fc.constantFrom(...FRAGMENTS), fc.constant(''), fc.constant('def g(a):\n    return a\n')),
    isTakenBack: fc.boolean(),
  }),
  { minLength: 1, maxLength: 10 },
);

test('after any edits the tree is that of the text alone', () => {
  fc.assert(
    fc.property(edits, (sequence) => {
      let text = MODULE;
      let tree = parseTree(text);
      const becomes = (next: string): void => {
        tree = parseAgain(text, tree, next);
        text = next;
        const whole = parseTree(text);
        // There are thousands of nodes: the slow comparison only produces the message.
        if (!isDeepStrictEqual(tree, whole)) expect(tree).toEqual(whole);
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

test.each([
  ['a bracket that is not closed', '(', 0.5],
  ['a letter', 'x', 0.5],
  ['a letter near the end', 'x', 0.97],
])('%s costs the parsing of a few statements, also when it is taken back', (_name, added, at) => {
  const tree = parseTree(MODULE);
  const place = MODULE.indexOf('value < limit', MODULE.length * at);
  const edited = MODULE.slice(0, place) + added + MODULE.slice(place);
  const parse = vi.spyOn(parser, 'parse');
  const again = parseAgain(MODULE, tree, edited);
  parseAgain(edited, again, MODULE);
  const units = parse.mock.calls.reduce((sum, [input]) => sum + String(input).length, 0);
  parse.mockRestore();
  expect(units).toBeLessThan(MODULE.length / 2);
});

test('the same text costs nothing', () => {
  const tree = parseTree(MODULE);
  expect(parseAgain(MODULE, tree, MODULE)).toBe(tree);
});
