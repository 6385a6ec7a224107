/** Above a prompt that stands apart from its calls, and where a function hands it on, a lens says which calls use it. */
import { expect, test } from 'vitest';
import { lensesOf, numberedLenses } from '../support/lenses.ts';
import { workspace } from '../support/workspace.ts';

const RULES = 'Sort the letters of a public library, and answer with the name of one shelf. '.repeat(200);
const FILES = {
  'prompts.ts': `export const RULES = '${RULES}';
export const SHORT = 'Be brief.';
export const GREETING = (name: string) => \`${RULES.slice(0, 4_000)} Greet \${name} by name.\`;
`,
  'ask.ts': `import OpenAI from 'openai';
const client = new OpenAI();
export const ask = (system: string, text: string) =>
  client.chat.completions.create({ model: 'gpt-6-sol', max_completion_tokens: 20, messages: [{ role: 'system', content: system }, { role: 'user', content: text }] });
export const politely = (system: string, text: string) => ask(system, text);
`,
  'a.ts': `import { politely } from './ask';
import { GREETING, RULES, SHORT } from './prompts';
export const sort = (text: string) => politely(RULES, text);
export const shelve = (text: string) => politely(RULES, text);
export const brief = (text: string) => politely(SHORT, text);
export const greet = (name: string) => politely(GREETING(name), 'Hello');
`,
};
const OPTIONS = { initializationOptions: { hasClientCommands: true } };

test('a prompt says how long it is, who sends it, and whether it can be cached', async () => {
  const editor = await workspace(FILES, OPTIONS);
  await editor.show('a.ts');
  await editor.show('prompts.ts');
  await editor.next('workspace/codeLens/refresh');
  expect(await numberedLenses(editor, 'prompts.ts')).toEqual([
    expect.stringMatching(/^0 (about )?[\d,]+ tokens, \$6\.[\d]+ per 1,000 calls, sent by 2 calls, cacheable$/),
    expect.stringMatching(/^2 (about )?[\d,]+ tokens, \$1\.[\d]+ per 1,000 calls, sent by 1 call$/),
  ]);
  const [rules] = await lensesOf(editor, 'prompts.ts');
  expect(rules?.command).toMatchObject({
    command: 'farthing.showCalls',
    arguments: [
      editor.uri('prompts.ts'),
      editor.at('prompts.ts', "'Sort"),
      [
        { uri: editor.uri('a.ts'), range: { start: editor.at('a.ts', 'politely(RULES, text);\nexport const shelve') } },
        { uri: editor.uri('a.ts') },
      ],
    ],
  });
});

test('a function on the way to a request says who calls it and for how much', async () => {
  const editor = await workspace(FILES, OPTIONS);
  await editor.show('a.ts');
  await editor.show('ask.ts');
  await editor.next('workspace/codeLens/refresh');
  expect(await numberedLenses(editor, 'ask.ts')).toEqual([
    expect.stringMatching(/^3 4 callers, \$[\d.]+ to \$[\d.]+ per (1,000 calls|call) \| /),
    expect.stringMatching(/^4 4 callers, \$[\d.]+ to \$[\d.]+ per (1,000 calls|call)$/),
  ]);
});

test('a client without the extension has no lens that leads nowhere', async () => {
  const editor = await workspace(FILES);
  await editor.show('a.ts');
  await editor.show('prompts.ts');
  await editor.next('workspace/codeLens/refresh');
  expect(await lensesOf(editor, 'prompts.ts')).toEqual([]);
});
