import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createEchoRewriter, type EchoChange, withEcho } from './echo.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const names = ['user', 'metadata'];
const change: EchoChange = { from: { user: 'a' }, to: { user: 'b', metadata: { é: '"' } }, names };

test.each([
  [
    '{ "user" : "a", "seed": 9007199254740993, "top_p": 1.0 }',
    '{ "user" : "b", "seed": 9007199254740993, "top_p": 1.0 }',
  ],
  ['{"text":"\\"user\\":\\"a\\"","user":"a"}', '{"text":"\\"user\\":\\"a\\"","user":"b"}'],
  ['{"metadata":{},"user":"a"}', '{"metadata":{"é":"\\""},"user":"b"}'],
  ['{"metadata":{"own":1},"user":"other"}', '{"metadata":{"own":1},"user":"other"}'],
  ['{"choices":[{"user":"a"}]}', '{"choices":[{"user":"a"}]}'],
  ['[1, "user"]', '[1, "user"]'],
  ['no JSON "user": ', 'no JSON "user": '],
])('%s becomes %s', (before, after) => {
  expect(decode(withEcho(encode(before), 'json', change))).toBe(after);
});

test('an answer in which nothing changes keeps its bytes, and one that nests deeply is handled', () => {
  const invalid = Uint8Array.of(0xef, 0xbb, 0xbf, 0xff, 0x7b);
  expect(withEcho(invalid, 'json', change)).toBe(invalid);
  const deep = encode(`${'{"response":'.repeat(50_000)}{"user":"a"}${'}'.repeat(50_000)}`);
  expect(withEcho(deep, 'json', change)).toBe(deep);
});

test('a stream is changed the same however its bytes are cut', () => {
  const event = (user: string, metadata: string) =>
    `event: x\r\ndata: {"text":"Été \u2028","response":{"user":"${user}","metadata":${metadata}}}\r\n\r\n: a comment\n\ndata: [DONE]\n\n`;
  const before = encode(event('a', 'null'));
  const after = event('b', '{"é":"\\""}');
  fc.assert(
    fc.property(fc.array(fc.nat(before.length), { maxLength: 5 }), (cuts) => {
      const rewriter = createEchoRewriter(change);
      const places = [0, ...cuts.sort((a, b) => a - b), before.length];
      const parts = places.slice(1).map((to, at) => rewriter.push(before.slice(places[at], to)));
      expect(decode(Buffer.concat([...parts, rewriter.flush()]))).toBe(after);
    }),
  );
});
