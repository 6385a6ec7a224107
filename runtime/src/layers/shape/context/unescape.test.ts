import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unescapedJson } from './unescape.ts';

test('visible characters take the place of their escapes', () => {
  expect(unescapedJson(String.raw`{"city":"K\u00f6ln","a":"\u65E5\u672c","b":"\u003ca\u003e \u0026","c":"x\/y"}`)).toBe(
    '{"city":"Köln","a":"日本","b":"<a> &","c":"x/y"}',
  );
  expect(unescapedJson(String.raw`["\ud83d\ude00"]`)).toBe('["😀"]');
  expect(unescapedJson(String.raw`{"\u540d":1}`)).toBe('{"名":1}');
});

test.each([
  String.raw`{"quote":"\u0022","backslash":"\u005c","short":"\"\\\n\t"}`,
  String.raw`["\\u00f6"]`,
  String.raw`["\ud83d","\ude00","\ude00\ud83d"]`,
  String.raw`["\u0000\u001b\u00a0\u200b\u202e\u2028\ufeff"]`,
])('%s keeps its escapes', (json) => {
  expect(unescapedJson(json)).toBe(json);
});

test.each([String.raw`K\u00f6ln`, String.raw`{"a":"\u00f6"`, String.raw`{"a":"\u00f"}`, ''])(
  'what is not JSON stays as it is: %s',
  (text) => {
    expect(unescapedJson(text)).toBe(text);
  },
);

test('every value is the same after parsing, and a second time changes nothing', () => {
  const escaped = (json: string): string =>
    json.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).replaceAll('/', '\\/');
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
      const json = escaped(JSON.stringify(value));
      const plain = unescapedJson(json);
      expect(JSON.stringify(JSON.parse(plain))).toBe(JSON.stringify(JSON.parse(json)));
      expect(unescapedJson(plain)).toBe(plain);
    }),
  );
});
