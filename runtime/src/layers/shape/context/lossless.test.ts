import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lossless, minifiedJson } from './lossless.ts';

const ALL = { minifyJson: true, trimSpace: true, dropRepeats: true };
const shorten = (text: string, options = ALL): string => lossless(text, options, new Map());

/** Tokens of a JSON text in order, each as it is written. */
const tokensOf = (json: string): readonly string[] => json.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g) ?? [];

test('numbers, escapes, long integers and names that occur twice keep their text', () => {
  const json = '{ "a" : 1.0, "b":\t1e5, "c": 12345678901234567890,\n  "d": "\\u00e9  \\" }", "a": -0.10E+2, "e": [ ] }';
  expect(shorten(json)).toBe('{"a":1.0,"b":1e5,"c":12345678901234567890,"d":"\\u00e9  \\" }","a":-0.10E+2,"e":[]}');
});

test('whatever the value and its spacing, only white space between tokens is removed', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(0, 1, 2, '\t', ' \r'), (value, space) => {
      const text = JSON.stringify(value, null, space);
      const minified = minifiedJson(text);
      expect(tokensOf(minified)).toEqual(tokensOf(text));
      expect(minified).toBe(JSON.stringify(value));
    }),
  );
});

test.each([
  ['after a label', 'Result: {"a": 1, "b": 2}\nDone.', 'Result: {"a":1,"b":2}\nDone.'],
  ['in a tag', '<data>[{"a": 1}, {"a": 2}]</data>', '<data>[{"a":1},{"a":2}]</data>'],
  ['on lines of their own', '{"a": 1, "b": 2}\n{"a": 3, "b": 4}\n', '{"a":1,"b":2}\n{"a":3,"b":4}\n'],
  ['as an item', '- {"a": 1, "b": 2}', '- {"a":1,"b":2}'],
  ['after text with a bracket that is none', 'See: [1\n\n{"a": 1, "b": 2}', 'See: [1\n\n{"a":1,"b":2}'],
])('JSON is minified %s', (_, text, expected) => {
  expect(shorten(text)).toBe(expected);
});

test.each([
  ['fenced code', 'Run:\n\n```json\n{"a": 1,  "b": 2}   \n\n\n\n```\n'],
  ['fenced code that is not closed', '~~~~ x\n{"a": 1,  "b": 2}   \n\n\n~~~\n{"a": 1, "b": 2}'],
  ['code in a line', 'Use `{"a": 1, "b": 2}` here.'],
  ['a quotation', 'He wrote "{"a": 1, "b": 2}" once.'],
  ['a quotation over several paragraphs', '"First.   \n\n\n\nSecond.   \nThird."'],
  ['a typographic quotation', '“First.   \n\n\n\nSecond: {"a": 1, "b": 2}”'],
  ['quoted lines', '> one   \n> {"a": 1, "b": 2}  \n'],
  ['text in triple quotation marks', '"""\n{"a": 1, "b": 2}   \n\n\n\n"""'],
  ['what is marked exact', '<exact>{"a": 1, "b": 2}   \n\n\n\n</exact>'],
  ['the boxes of a list of tasks', '- [ ] one\n- [ ] two'],
  ['code that looks like JSON', 'x = { "a": f(1),   "b": 2 }'],
  ['indentation', 'def f():\n    if x:\n        return {}'],
])('%s stays as it is', (_, text) => {
  expect(shorten(text)).toBe(text);
});

test('spaces at the ends of lines and repeated blank lines are removed', () => {
  expect(shorten('One.  \r\n\n \n\nTwo.\t\nThree.')).toBe('One.\n\nTwo.\nThree.');
});

const PASSAGE = `Refunds are paid within ${'thirty days of the day on which the goods come back '.repeat(5)}.`;

test('a passage that comes again is said once, in a text and over several', () => {
  const seen = new Map();
  const first = lossless(`Rules.\n\n${PASSAGE}\n\nMore.\n\n${PASSAGE}\n`, ALL, seen);
  const note = `[The same as the text above that begins with: ${PASSAGE.slice(0, 40)}]`;
  expect(first).toBe(`Rules.\n\n${PASSAGE}\n\nMore.\n\n${note}\n`);
  expect(lossless(`Again:\n\n${PASSAGE}`, ALL, seen)).toBe(`Again:\n\n${note}`);
  expect(lossless(PASSAGE, ALL, seen)).toBe(note);
});

test('a passage in code is not left out', () => {
  const code = `\`\`\`\n${PASSAGE}\n\`\`\``;
  expect(shorten(`${PASSAGE}\n\n${code}`)).toBe(`${PASSAGE}\n\n${code}`);
});

test.each(['minifyJson', 'trimSpace', 'dropRepeats'] as const)('%s does only what it says', (name) => {
  const options = { minifyJson: false, trimSpace: false, dropRepeats: false };
  const text = `{"a": 1, "b": 2}\n\n\n\nText.  \n\n${PASSAGE}\n\n${PASSAGE}`;
  expect(shorten(text, options)).toBe(text);
  const shorter = shorten(text, { ...options, [name]: true });
  expect(shorter.includes('{"a":1,"b":2}')).toBe(name === 'minifyJson');
  expect(shorter.includes('Text.\n')).toBe(name === 'trimSpace');
  expect(shorter.includes('[The same as')).toBe(name === 'dropRepeats');
});

test('nothing grows, and shortening again changes nothing', () => {
  const piece = fc.constantFrom(
    '"',
    '`',
    '```\n',
    '\n',
    '\n\n\n',
    '  ',
    '{"a": 1, "b": [1, 2]}',
    'word ',
    '> ',
    '“',
    '”',
    ': ',
    PASSAGE,
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 25 }), (parts) => {
      const text = parts.join('');
      const once = shorten(text);
      expect(once.length).toBeLessThanOrEqual(text.length);
      expect(shorten(once)).toBe(once);
    }),
  );
});

test('a text of brackets takes no more than a text of the same length takes', () => {
  // Quadratic time would not end before the test's time limit.
  const text = ': [\n'.repeat(200_000);
  expect(shorten(text)).toBe(text);
});
