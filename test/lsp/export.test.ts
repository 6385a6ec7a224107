/** `farthing/export`: the report of a folder as a file. */
import { expect, test } from 'vitest';
import { EXPORT, SCAN_WORKSPACE } from '../../server/src/lsp/protocol.ts';
import { workspace } from '../support/workspace.ts';

test.each([
  ['html', /^<!DOCTYPE html>[\s\S]*<code>a\.ts:2:1<\/code>/],
  ['csv', /^path,[^\n]*\r\na\.ts,,2,/],
  ['markdown', /^### Farthing: LLM call costs[\s\S]*`a\.ts:2`/],
])('the report as %s', async (format, expected) => {
  const code = "import OpenAI from 'openai';\nnew OpenAI().responses.create({ model: 'gpt-6-sol', input: 'Hello' });\n";
  const editor = await workspace({ 'a.ts': code }, { locale: 'es' });
  await editor.request(SCAN_WORKSPACE, {});
  expect(await editor.request(EXPORT, { rootUri: editor.uri('').replace(/\/$/, ''), format })).toMatch(expected);
  expect(await editor.request(EXPORT, { rootUri: 'file:///nowhere', format })).toBeNull();
});
