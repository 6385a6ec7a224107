import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalText } from './canonical.ts';

const NONE: ReadonlySet<string> = new Set();
/** Bytes are digested: two texts with the same UTF-8 are the same. */
const bytesOf = (body: object, without = NONE): string => bytesOfText(JSON.stringify(body), without);
const bytesOfText = (json: string, without = NONE): string => Buffer.from(canonicalText(json, without)).toString('hex');

const text = fc.oneof(
  fc.constantFrom(
    '',
    '"',
    '\\',
    ',',
    ':',
    '"1:a',
    '1:',
    '\ud800',
    '\ud801',
    '\ufffd',
    '{',
    '}',
    ']',
    'null',
    '0',
    '\\"a"',
  ),
  fc.string({ unit: 'binary', maxLength: 3 }),
);
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    fc.oneof(text, fc.integer({ min: -12, max: 12 }), fc.constantFrom(0.5, 1e21, true, false, null)),
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(text, tie('any'), { maxKeys: 3 }),
  ),
})).any;
const body = fc.dictionary(text, value, { maxKeys: 4 }).map((object) => JSON.parse(JSON.stringify(object)) as object);

const sorted = (item: object): string => JSON.stringify(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)));

test('the order of names at the top changes nothing', () => {
  fc.assert(
    fc.property(body, (one) => {
      expect(bytesOf(Object.fromEntries(Object.entries(one).reverse()))).toBe(bytesOf(one));
    }),
  );
});

const request = (turn: (item: object) => object): object =>
  turn({
    model: 'small',
    messages: [turn({ role: 'user', content: [turn({ type: 'text', text: 'What?' })] })],
    tools: [turn({ type: 'function', function: turn({ name: 'look', parameters: { b: 1, a: 2 } }) })],
    response_format: turn({ type: 'json_schema', json_schema: turn({ name: 'answer', schema: { b: 1, a: 2 } }) }),
  });
const turned = (item: object): object => Object.fromEntries(Object.entries(item).reverse());

test('nor does it in messages, their parts and tools, whose names a wire format gives a meaning', () => {
  expect(bytesOf(request(turned))).toBe(bytesOf(request((item) => item)));
});

test.each<[string, (properties: object) => object]>([
  [
    'a schema of chat',
    (properties) => ({ response_format: { type: 'json_schema', json_schema: { schema: { properties } } } }),
  ],
  ['a schema of responses', (properties) => ({ text: { format: { type: 'json_schema', schema: { properties } } } })],
  ['a schema of Anthropic', (properties) => ({ output_config: { format: { schema: { properties } } } })],
  ['a schema of Gemini', (properties) => ({ generationConfig: { responseSchema: { properties } } })],
  ['a schema of Ollama', (properties) => ({ format: { type: 'object', properties } })],
  ['a schema under a name that is not known', (properties) => ({ guided_json: { properties } })],
  ['a tool', (properties) => ({ tools: [{ type: 'function', function: { parameters: { properties } } }] })],
  ['a tool of Anthropic', (properties) => ({ tools: [{ input_schema: { properties } }] })],
  ['a tool of Gemini', (properties) => ({ tools: [{ functionDeclarations: [{ parameters: { properties } }] }] })],
  [
    'a tool of Bedrock',
    (properties) => ({ toolConfig: { tools: [{ toolSpec: { inputSchema: { json: properties } } }] } }),
  ],
  ['arguments of a call', (input) => ({ messages: [{ role: 'assistant', content: [{ type: 'tool_use', input }] }] })],
  ['a result of a call', (response) => ({ contents: [{ parts: [{ functionResponse: { response } }] }] })],
])('the order of names in %s counts', (_, bodyWith) => {
  const properties = { reasoning: { type: 'string' }, answer: { type: 'string' } };
  expect(bytesOf(bodyWith(turned(properties)))).not.toBe(bytesOf(bodyWith(properties)));
  // The order of names that look like numbers as well, which a parsed value has lost.
  const json = JSON.stringify(bodyWith({}));
  const [one, other] = ['{"2":0,"1":0}', '{"1":0,"2":0}'].map((map) => bytesOfText(json.replace('{}', map)));
  expect(one).not.toBe(other);
});

test.each([
  ['9007199254740993', '9007199254740992'],
  ['12345678901234567890', '12345678901234567891'],
  ['1', '1.0'],
  ['0', '-0'],
  ['100000', '1e5'],
  ['1e400', '1e401'],
])('%s is not %s', (one, other) => {
  for (const json of ['{"seed":#}', '{"messages":[{"content":[#]}]}', '{"a":[0,#,[#]]}']) {
    expect(bytesOfText(json.replaceAll('#', one))).not.toBe(bytesOfText(json.replaceAll('#', other)));
  }
});

test('white space and escapes are spellings of the same', () => {
  const spaced = ' { "a" : [ 1 ,\n2, { } , [ ] ] , "b\\u0041\\/" : "\\u00e9\\"" , "c":true } ';
  expect(bytesOfText(spaced)).toBe(bytesOfText('{"a":[1,2,{},[]],"bA/":"é\\"","c":true}'));
});

test('two different values never have one text', () => {
  const alike = fc.tuple(body, body, fc.nat(), text).map(([one, other, at, put]) => {
    const names = Object.keys(one);
    const name = names[at % Math.max(names.length, 1)];
    return [one, name === undefined ? other : { ...one, [name]: put }] as const;
  });
  fc.assert(
    fc.property(fc.oneof(fc.tuple(body, body), alike), ([one, other]) => {
      expect(bytesOf(one) === bytesOf(other)).toBe(sorted(one) === sorted(other));
    }),
    { numRuns: 5000 },
  );
});

test.each([
  [{ a: '\ud800' }, { a: '\ufffd' }],
  [{ a: '\ud800' }, { a: '\ud801' }],
  [{ a: '1' }, { a: 1 }],
  [{ a: 'null' }, { a: null }],
  [{ a: ['b', 'c'] }, { a: ['b"1:c'] }],
  [{ a: [1, 2] }, { a: [12] }],
  [{ a: [[], []] }, { a: [[[]]] }],
  [{ a: { b: 'c' } }, { a: ['b', 'c'] }],
])('%j is not %j', (one, other) => {
  expect(bytesOf(one)).not.toBe(bytesOf(other));
});

test('names without effect are left out at the top, and only there', () => {
  const without = new Set(['user']);
  expect(bytesOf({ a: 1, user: 'u' }, without)).toBe(bytesOf({ a: 1 }, without));
  expect(bytesOf({ a: { user: 'u' } }, without)).not.toBe(bytesOf({ a: {} }, without));
});
