import { expect, test } from 'vitest';
import { passedText } from './passed-text.ts';

const count = (data: object, event: string | null = null): number => passedText({ event, data: JSON.stringify(data) });

test('text, reasoning and arguments, in whichever format', () => {
  expect(count({ choices: [{ delta: { content: 'four', reasoning_content: 'six...' } }] })).toBe(10);
  expect(count({ type: 'content_block_delta', delta: { type: 'input_json_delta', partial_json: '{"a"' } })).toBe(6);
  expect(count({ candidates: [{ content: { parts: [{ text: 'four' }] } }] })).toBe(4);
  expect(count({ type: 'response.output_text.delta', delta: 'four' })).toBe(4);
});

test('what quotes such a member is text like any other', () => {
  const text = 'He said "content":"no" \\';
  expect(count({ text })).toBe(JSON.stringify(text).length - 2);
});

test('what says it again does not count again', () => {
  expect(count({ text: 'four' }, 'response.output_text.done')).toBe(0);
});

test('a long text, and one that is cut off', () => {
  expect(count({ text: 'x'.repeat(4_000_000) })).toBe(4_000_000);
  expect(passedText({ event: null, data: '{"text":"abc\\' })).toBe(4);
});
