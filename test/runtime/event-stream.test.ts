/** AWS's binary events, whole, in pieces and damaged. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createEventStreamReader } from '../../runtime/src/wire/framing/event-stream.ts';
import type { SseEvent } from '../../runtime/src/wire/framing/sse.ts';
import { eventStream, exception } from '../support/event-stream.ts';

describe('binary events', () => {
  const events = [
    ['messageStart', { role: 'assistant' }],
    ['chunk', { bytes: Buffer.from('{"text":"ü"}').toString('base64'), p: 'abc' }],
    ['metadata', { usage: { inputTokens: 3 } }],
  ] as const;
  const expected = [
    { event: 'messageStart', data: '{"role":"assistant"}' },
    { event: 'chunk', data: '{"text":"ü"}' },
    { event: 'metadata', data: '{"usage":{"inputTokens":3}}' },
  ];

  function read(bytes: Uint8Array, size: number): SseEvent[] {
    const found: SseEvent[] = [];
    const take = createEventStreamReader((event) => found.push(event));
    for (let at = 0; at < bytes.length; at += size) take(bytes.subarray(at, at + size));
    return found;
  }

  test.each([1, 5, 64, 10_000])('in pieces of %i bytes', (size) => {
    expect(read(eventStream(...events), size)).toEqual(expected);
  });

  test('an exception is an error', () => {
    expect(read(exception('throttlingException', { message: 'slow' }), 9)).toEqual([
      { event: 'error', data: '{"message":"slow"}' },
    ]);
  });

  test('from the first damaged byte on nothing is read, and nothing throws', () => {
    const whole = eventStream(...events);
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), fc.nat(99), (at, change, size) => {
        const bytes = whole.slice();
        bytes[at] = (bytes[at] ?? 0) ^ change;
        const found = read(bytes, size + 1);
        expect(found).toEqual(expected.slice(0, found.length));
        expect(found.length).toBeLessThan(expected.length);
      }),
    );
  });

  test('bytes of any kind', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(30), (bytes, size) => void read(bytes, size + 1)));
  });
});
