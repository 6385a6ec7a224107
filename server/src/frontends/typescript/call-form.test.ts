import { expect, test } from 'vitest';
import { typescript } from './typescript.ts';

/** The form of the text between « and ». */
function formOf(marked: string): string | null {
  const start = marked.indexOf('«');
  const end = marked.indexOf('»') - 1;
  return typescript.callForm(marked.replace(/[«»]/g, ''), 'a.ts', { start, end });
}

test.each([
  ['const a = «client.create(x)»;', 'plain'],
  ['const a = «client.create(x)».then(read);', 'plain'],
  ['const a = «new Agent({ model })»;', 'plain'],
  ['const a = await «client.create(await x)»;', 'awaited'],
  ['const a = «client.create({ onFinish: async () => await x })»;', 'plain'],
  ['const a = «client.create(await x)»;', null],
  ['const a = await «client.create(await x)».text;', null],
  ['function* f() { const a = «client.create(yield x)»; }', null],
  ['const a = «client?.create(x)»;', 'plain'],
  ['const a = «client?.create(x)».then(read);', null],
  ['const a = «client?.create(x)»!;', null],
  ['class A extends B { constructor() { «super(x)»; } }', null],
  ["const a = «import('a')»;", null],
  ['const a = «client.create(x»);', null],
  ['const a = «client.create(', null],
])('%s', (code, form) => {
  expect(formOf(code)).toBe(form);
});
