import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createJsonReader } from './json-values.ts';
import type { SseEvent } from './sse.ts';
import { createStreamReader, isStreamType } from './stream-reader.ts';

function inPieces(bytes: Uint8Array, size: number, read: (piece: Uint8Array) => void): void {
  for (let at = 0; at < bytes.length; at += size) read(bytes.subarray(at, at + size));
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('JSON values', () => {
  const values = fc.array(fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 4 }), { maxLength: 6 });

  test.each([
    ['an array', (texts: readonly string[]) => `\ufeff [${texts.join(' ,\r\n')}\n]`],
    ['a line each', (texts: readonly string[]) => texts.join('\n')],
    ['one behind the other', (texts: readonly string[]) => texts.join('')],
  ])('%s, cut anywhere', (_, write) => {
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 40 }), (list, size) => {
        const found: unknown[] = [];
        const read = createJsonReader((json) => found.push(JSON.parse(json)));
        inPieces(encode(write(list.map((value) => JSON.stringify(value)))), size, read);
        expect(found).toEqual(JSON.parse(JSON.stringify(list)));
      }),
    );
  });

  test('one that never ends is given up', () => {
    const found: string[] = [];
    const read = createJsonReader((json) => found.push(json));
    read(encode('{"a":"'));
    for (let megabyte = 0; megabyte < 9; megabyte++) read(encode('x'.repeat(1024 * 1024)));
    read(encode('"}'));
    expect(found).toEqual([]);
  });
});

test('the first sign decides how text is read, whatever its label says', () => {
  for (const type of ['text/event-stream', 'application/json', 'text/plain; charset=utf-8', '']) {
    const found: SseEvent[] = [];
    for (const text of [' \n{"a":1}', 'data: {"a":1}\n\n', ': ping\n\ndata: {"a":1}\n\n']) {
      createStreamReader(type, (event) => found.push(event))?.(encode(text));
    }
    expect(found.map(({ data }) => data)).toEqual(['{"a":1}', '{"a":1}', '{"a":1}']);
  }
  expect(createStreamReader('audio/mpeg', () => {})).toBeNull();
});

test('types that come piece by piece', () => {
  const types = ['text/event-stream', 'application/x-ndjson', 'application/vnd.amazon.eventstream', 'application/json'];
  expect(types.map(isStreamType)).toEqual([true, true, true, false]);
});
