import fc from 'fast-check';
import { expect, test } from 'vitest';
import { codecOf } from '../wire/index.ts';
import { type Json, type JsonObject, payloadOfJson, payloadOfText } from './json-body.ts';

const parseJson = (text: string): Json => JSON.parse(text);
const PATHS = ['/chat/completions', '/responses', '/v1/messages', '/embeddings', '/models/m:generateContent'];

/** Requests with member names that formats know, and with values that fit them or not. */
const value = fc.oneof(
  fc.constantFrom<unknown>(true, false, null, 0, 1, 1.5, -1, 1e300, 'small', 'fa"st\\', 'flex', 'audio', '', [], {}),
  fc.constantFrom<unknown>(
    [{ type: 'function' }, { type: 'web_search' }, null],
    [{ role: 'user', content: [{ type: 'image_url' }, { type: 'text', text: '"temperature":0}' }] }],
    { maxOutputTokens: 7, temperature: 0, candidateCount: 2, include_usage: true },
  ),
  fc.jsonValue(),
);
const name = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom('model', 'stream', 'max_tokens', 'max_completion_tokens', 'max_output_tokens'),
  },
  {
    weight: 6,
    arbitrary: fc.constantFrom('n', 'temperature', 'tools', 'functions', 'service_tier', 'speed', 'serviceTier'),
  },
  {
    weight: 6,
    arbitrary: fc.constantFrom('messages', 'input', 'contents', 'generationConfig', 'stream_options', 'store'),
  },
  { weight: 1, arbitrary: fc.string() },
);
const members = fc.array(fc.tuple(name, value), { maxLength: 10 });

/** A text in which a name may occur twice. */
const textOf = (list: readonly (readonly [string, unknown])[]): string =>
  `{${list.map(([key, item]) => `${JSON.stringify(key)} :${JSON.stringify(item)}`).join(', ')}}`;

const understood = (text: string) => {
  const payload = payloadOfText(text);
  if (payload === null) throw new Error(`not understood: ${text}`);
  return payload;
};

test('what formats read of a text is what they read of its whole value', () => {
  fc.assert(
    fc.property(members, fc.constantFrom(...PATHS), (list, path) => {
      const payload = understood(textOf(list));
      const whole = payloadOfJson(JSON.parse(payload.text) as JsonObject);
      const codec = codecOf(path);
      const facts = codec?.read(payload, path);
      expect({ ...facts }).toEqual({ ...codec?.read(whole, path) });
      if (facts) expect(codec?.delivery(payload, facts, path)).toBe(codec?.delivery(whole, facts, path));
      expect(payload.json).toEqual(whole.json);
    }),
    { numRuns: 2000 },
  );
});

test('a member that is set is set, and every other letter stays', () => {
  fc.assert(
    // JSON has no -0.
    fc.property(members, name, fc.json().map(parseJson), (list, key, item) => {
      const payload = understood(textOf(list));
      const changed = payload.withMember(key, item);
      expect(JSON.stringify(changed.json)).toBe(JSON.stringify({ ...payload.json, [key]: item }));
      expect(JSON.parse(changed.text)).toEqual(changed.json);
      expect(changed.member(key)).toEqual(changed.json?.[key]);
    }),
    { numRuns: 2000 },
  );
  const spaced = understood('{ "model": "a",\n "n": 1 }');
  expect(spaced.withMember('model', 'b').text).toBe('{ "model": "b",\n "n": 1 }');
  expect(spaced.withMember('user', 'u').text).toBe('{ "model": "a",\n "n": 1 ,"user":"u"}');
  expect(understood('{}').withMember('user', 'u').text).toBe('{"user":"u"}');
});

test('a text that proves to be no JSON has no value, and its members are those that can be read', () => {
  const payload = understood('{"model":"a","messages":[tru]}');
  expect(payload.json).toBeNull();
  expect(payload.member('model')).toBe('a');
  expect(payload.member('messages')).toBeUndefined();
  expect(codecOf('/responses')?.read(payload, '/responses').unbounded).toEqual(['a body that is not JSON']);
});

test.each(['', '[]', '"a"', 'null', '{"a":1', '{"a":1}}'])('%s is not understood', (text) => {
  expect(payloadOfText(text)).toBeNull();
});
