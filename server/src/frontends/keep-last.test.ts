import { expect, test } from 'vitest';
import { keepLast } from './keep-last.ts';

test('a text is parsed once while it is asked for again, and anew where the text or the path is another', () => {
  const parsed: string[] = [];
  const parse = keepLast((text, path) => {
    parsed.push(`${path}: ${text}`);
    return { text };
  });
  const tree = parse('one', 'a.ts');
  expect(parse('one', 'a.ts')).toBe(tree);
  expect(parse('one', 'a.tsx')).not.toBe(tree);
  expect(parse('two', 'a.tsx').text).toBe('two');
  expect(parse('one', 'a.ts')).not.toBe(tree);
  expect(parsed).toEqual(['a.ts: one', 'a.tsx: one', 'a.tsx: two', 'a.ts: one']);
});

test('a parse that throws leaves nothing behind', () => {
  let isBroken = false;
  const parse = keepLast((text) => {
    if (isBroken) throw new Error('too deep');
    return { text };
  });
  parse('one', 'a.ts');
  isBroken = true;
  expect(() => parse('two', 'a.ts')).toThrow('too deep');
  isBroken = false;
  expect(parse('two', 'a.ts').text).toBe('two');
});
