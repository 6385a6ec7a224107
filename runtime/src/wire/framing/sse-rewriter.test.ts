import { expect, test } from 'vitest';
import { createSseRewriter } from './sse-rewriter.ts';

const EVENTS = ['data: {"a":1}\n\n', 'event: é\r\ndata: {"a":2}\r\n\r\n', 'data: {"a":3}\r\r', 'data: [DONE]\n\n'];
const STREAM = new TextEncoder().encode(EVENTS.join(''));

/** What a rewriter shows of the stream in pieces of this many bytes, and the events that it was asked about. */
function rewritten(size: number, change: (event: string) => string) {
  const seen: string[] = [];
  const rewriter = createSseRewriter((event) => {
    seen.push(event);
    return change(event);
  });
  const shown: Uint8Array[] = [];
  for (let at = 0; at < STREAM.length; at += size) shown.push(rewriter.push(STREAM.slice(at, at + size)));
  shown.push(rewriter.flush());
  return { text: Buffer.concat(shown).toString(), seen: seen.filter((event) => event !== '') };
}

test.each([1, 2, 3, 7, 13, STREAM.length])('each event is changed once in pieces of %i bytes', (size) => {
  const { text, seen } = rewritten(size, (event) => event.replace('"a"', '"b"'));
  expect(text).toBe(EVENTS.join('').replaceAll('"a"', '"b"'));
  expect(seen).toHaveLength(EVENTS.length);
});

test('an event that is removed leaves no bytes', () => {
  const { text } = rewritten(5, (event) => (event.includes('2') ? '' : event));
  expect(text).toBe([EVENTS[0], EVENTS[2], EVENTS[3]].join(''));
});

test('whole events are shown at once, and the rest waits', () => {
  const { push, flush } = createSseRewriter((event) => event);
  const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();
  expect(text(push(Buffer.from('data: 1\n\ndata: 2')))).toBe('data: 1\n\n');
  expect(text(push(Buffer.from(' and more')))).toBe('');
  expect(text(push(Buffer.from('\n\ndata: 3')))).toBe('data: 2 and more\n\n');
  expect(text(flush())).toBe('data: 3');
});

test('what is shown does not share its memory', () => {
  const { push } = createSseRewriter((event) => event);
  const shown = push(Buffer.from('data: 1\n\n'));
  expect(shown.buffer.byteLength).toBe(shown.byteLength);
});
