import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeTree } from '../workspace/testing.ts';
import { createReader, NOTEBOOK_LIMIT, readWhole, SOURCE_LIMIT } from './read.ts';

const MARKERS = (text: string): boolean => /\bask\b/.test(text);

function read(content: string | Buffer, name = 'a.ts', isExplicit = false) {
  const root = makeTree({ [name]: content });
  return createReader(MARKERS).read(join(root, name), isExplicit);
}

test('gives the text of a relevant file, and nothing of another', () => {
  expect(read('ask("é")')).toMatchObject({ text: 'ask("é")', problem: null });
  expect(read('tell("x")')).toMatchObject({ text: null, problem: null });
});

test('a reused buffer does not carry one file`s text into the next', () => {
  const root = makeTree({ 'a.ts': `${'x'.repeat(5000)} ask`, 'b.ts': 'short' });
  const reader = createReader(MARKERS);
  expect(reader.read(join(root, 'a.ts'), false).text).not.toBeNull();
  expect(reader.read(join(root, 'b.ts'), false).text).toBeNull();
  expect(reader.bytes()).toBe(5009);
});

test('a byte order mark is not part of the text', () => {
  expect(read(Buffer.from('\uFEFFask()')).text).toBe('ask()');
});

test('a file that is too large is left out, unless it is named', () => {
  const large = `ask()\n${'x = 1\n'.repeat(SOURCE_LIMIT / 5)}`;
  expect(read(large)).toMatchObject({ text: null, problem: expect.stringContaining('Name it on the command line') });
  expect(read(large).problem).toMatch(/^skipped: 2\.4 MB, larger than 2 MB\./);
  expect(read(large, 'a.ts', true)).toMatchObject({ text: large, problem: null });
  expect(read(large, 'a.ipynb')).toMatchObject({ text: large, problem: null });
  expect(NOTEBOOK_LIMIT).toBeGreaterThan(SOURCE_LIMIT);
});

test('a binary file is left out with a reason, UTF-16 with a remedy', () => {
  expect(read(Buffer.from([0x47, 0, 0x61, 0x73, 0x6b]))).toMatchObject({
    text: null,
    problem: expect.stringContaining('binary'),
  });
  expect(read(Buffer.from('\uFEFFask()', 'utf16le')).problem).toBe('skipped: it is UTF-16. Save it as UTF-8.');
});

test('a source that holds a NUL is a source', () => {
  const source = `ask("a\0b");\n${'// so it is\n'.repeat(20)}`;
  expect(read(source)).toMatchObject({ text: source, problem: null });
  expect(read(Buffer.concat([Buffer.from(source), Buffer.from([0xff])])).problem).toContain('binary');
});

test('invalid UTF-8 is named with its line, and the file is read all the same', () => {
  const content = Buffer.concat([Buffer.from('// é\nask("'), Buffer.from([0xe9]), Buffer.from('")')]);
  const { text, problem } = read(content);
  expect(text).toBe('// é\nask("\uFFFD")');
  expect(problem).toMatch(/^not valid UTF-8 \(line 2\)/);
});

test('minified JavaScript that may hold a call is left out with a reason; long lines of Python are not', () => {
  const minified = `ask();${'var a=1;'.repeat(5000)}`;
  expect(read(minified, 'a.js')).toMatchObject({ text: null, problem: expect.stringContaining('minified') });
  expect(read(minified, 'a.js', true).text).toBe(minified);
  expect(read(minified, 'a.py').text).toBe(minified);
  expect(read(minified.replace('ask', 'tell'), 'a.js').problem).toBeNull();
});

test('a file that is gone, a folder and a pipe are problems', () => {
  const root = makeTree({ 'a.ts': 'ask' });
  const reader = createReader(MARKERS);
  rmSync(join(root, 'a.ts'));
  mkdirSync(join(root, 'b.ts'));
  expect(reader.read(join(root, 'a.ts'), false).problem).toContain('no such file');
  expect(reader.read(join(root, 'b.ts'), false).problem).toContain('not a regular file');
});

test('a file that an analysis needs is read whole, and a pipe does not block it', () => {
  const root = makeTree({ 'a.txt': 'text', 'b.bin': Buffer.from([1, 0, 2]) });
  expect(readWhole(join(root, 'a.txt'), 100).text).toBe('text');
  expect(readWhole(join(root, 'a.txt'), 3)).toMatchObject({ text: null, stamp: { size: 4, hash: '' } });
  expect(readWhole(join(root, 'b.bin'), 100).text).toBeNull();
  expect(readWhole(join(root, 'none'), 100)).toEqual({ text: null, stamp: null });
  execFileSync('mkfifo', [join(root, 'pipe')]);
  expect(readWhole(join(root, 'pipe'), 100)).toEqual({ text: null, stamp: null });
});
