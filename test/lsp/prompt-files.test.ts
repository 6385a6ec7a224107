/** What a prompt file or a template costs is said above its text, and what is wrong with it stands there too. */

import { expect, test } from 'vitest';
import type { DocumentDiagnosticReport } from 'vscode-languageserver-protocol';
import { lensesOf, lensLines, numberedLenses } from '../support/lenses.ts';
import { workspace } from '../support/workspace.ts';

const RULES = 'Sort the letters of a public library, and answer with the name of one shelf. '.repeat(200);
const FILES = {
  'prompts/rules.md': `# Rules\n\n${RULES}\n`,
  'prompts/unused.md': `# Unused\n\n${RULES}\n`,
  'ask.ts': `import { readFileSync } from 'node:fs';
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
const client = new Anthropic();
const system = readFileSync('prompts/rules.md', 'utf8');
export const sort = (text: string) =>
  client.messages.create({ model: 'claude-sonnet-5', max_tokens: 20, system, messages: [{ role: 'user', content: text }] });
export const shelve = (text: string) =>
  new OpenAI().chat.completions.create({ model: 'gpt-6-sol', max_completion_tokens: 40, messages: [{ role: 'system', content: system }, { role: 'user', content: text }] });
`,
  'templates/greet.j2': `{% set tone = 'kind' %}${RULES.slice(0, 4_000)}\nGreet {{ name }}.\n`,
  'greet.py': `from jinja2 import Environment, FileSystemLoader
from openai import OpenAI

client = OpenAI()
environment = Environment(loader=FileSystemLoader("templates"))


def greet(name):
    prompt = environment.get_template("greet.j2").render(name=name)
    return client.chat.completions.create(model="gpt-6-sol", max_completion_tokens=20, messages=[{"role": "user", "content": prompt}])
`,
};
const OPTIONS = { initializationOptions: { hasClientCommands: true } };

test('a prompt file says how long it is and who sends it; its findings stand at its text', async () => {
  const editor = await workspace(FILES, OPTIONS);
  await editor.show('ask.ts');
  const [cost] = await lensLines(editor, 'ask.ts');
  await editor.show('prompts/rules.md');
  expect(await numberedLenses(editor, 'prompts/rules.md')).toEqual([
    expect.stringMatching(/^0 about [\d,]+ tokens, ~?\$[\d.]+ per (call|1,000 calls), sent by 2 calls, cacheable$/),
  ]);
  const [lens] = await lensesOf(editor, 'prompts/rules.md');
  expect(lens?.command).toMatchObject({
    command: 'farthing.showCalls',
    arguments: [
      editor.uri('prompts/rules.md'),
      { line: 0, character: 0 },
      [{ uri: editor.uri('ask.ts') }, { uri: editor.uri('ask.ts') }],
    ],
  });
  const found = await editor.pull(editor.path('prompts/rules.md'));
  expect(found.map(({ code }) => code)).toContain('uncached-static-prompt');
  expect(found[0]).toMatchObject({
    range: { start: { line: 0, character: 0 } },
    relatedInformation: [{ location: { uri: editor.uri('ask.ts') }, message: 'The call that sends this text.' }],
  });

  // An edit of the text changes what its calls cost, before it is saved.
  await editor.replace('prompts/rules.md', RULES, 'Be brief, be kind, and say which shelf it is.');
  const [shorter] = await lensLines(editor, 'ask.ts');
  expect(shorter).not.toBe(cost);
  expect(await numberedLenses(editor, 'prompts/rules.md')).toEqual([]);
  expect(await editor.pull(editor.path('prompts/rules.md'))).toEqual([]);
  await editor.close(editor.path('prompts/rules.md'));
  expect((await lensLines(editor, 'ask.ts'))[0]).toBe(cost);
});

test('a template has its lens where its text begins', async () => {
  const editor = await workspace(FILES, OPTIONS);
  await editor.show('greet.py');
  await lensLines(editor, 'greet.py');
  await editor.show('templates/greet.j2');
  expect(await numberedLenses(editor, 'templates/greet.j2')).toEqual([
    expect.stringMatching(/^0 (about )?[\d,]+ tokens, ~?\$[\d.]+ per (call|1,000 calls), sent by 1 call/),
  ]);
});

test('a file with the same words that no call reads has nothing, nor has any without a known call', async () => {
  const editor = await workspace(
    {
      ...FILES,
      'copy.ts': `import OpenAI from 'openai';\nexport const ask = () => new OpenAI().responses.create({ model: 'gpt-6-sol', input: '${RULES}' });\n`,
    },
    OPTIONS,
  );
  await editor.show('prompts/unused.md');
  expect(await lensesOf(editor, 'prompts/unused.md')).toEqual([]);
  await editor.show('copy.ts');
  await lensLines(editor, 'copy.ts');
  expect(await lensesOf(editor, 'prompts/unused.md')).toEqual([]);
  const report = await editor.request<DocumentDiagnosticReport>('textDocument/diagnostic', {
    textDocument: { uri: editor.uri('prompts/unused.md') },
  });
  expect(report).toMatchObject({ items: [] });
});
