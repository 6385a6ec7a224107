/** `farthing/fixRule`: all findings of a rule are fixed at once, and what may change an answer is told apart. */
import { expect, test } from 'vitest';
import { FIX_RULE, type RuleFix, SCAN_WORKSPACE } from '../../server/src/lsp/protocol.ts';
import { textsAfter } from '../support/code-actions.ts';
import { workspace } from '../support/workspace.ts';

const JSON_PROMPT = `import json
from openai import OpenAI

client = OpenAI()

def ask(rows):
    return client.responses.create(model="gpt-6-luna", max_output_tokens=20, input=json.dumps(rows, indent=2))
`;
const MODELS = "export const MODEL = 'gpt-4-turbo';\n";
const caller = (name: string): string => `import OpenAI from 'openai';
import { MODEL } from './models';
export const ${name} = new OpenAI().responses.create({ model: MODEL, input: 'Hello', max_output_tokens: 5 });
`;
const FILES = {
  'one.py': JSON_PROMPT,
  'deep/two.py': JSON_PROMPT,
  'models.ts': MODELS,
  'a.ts': caller('a'),
  'b.ts': caller('b'),
};
async function fixOf(rule: string): Promise<{ fix: RuleFix | null; texts: Record<string, string> }> {
  const editor = await workspace(FILES);
  await editor.request(SCAN_WORKSPACE, {});
  const fix = await editor.request<RuleFix | null>(FIX_RULE, { rule });
  const texts = fix?.edit ? textsAfter(fix.edit) : {};
  const nameOf = (uri: string): string => uri.slice(editor.uri('').length + 1);
  return { fix, texts: Object.fromEntries(Object.entries(texts).map(([uri, text]) => [nameOf(uri), text])) };
}

test('safe fixes of files that nobody has opened are made in all of them', async () => {
  const { fix, texts } = await fixOf('padded-json');
  expect(fix).toMatchObject({ files: 2, fixed: 2, left: 0, isSafe: true });
  const fixed = JSON_PROMPT.replace('indent=2', 'indent=None');
  expect(texts).toEqual({ 'one.py': fixed, 'deep/two.py': fixed });
});

test('a constant that two calls share is one finding, whose fix may change answers', async () => {
  const { fix, texts } = await fixOf('retired-model');
  expect(fix).toMatchObject({ files: 3, fixed: 1, left: 0, isSafe: false });
  expect(texts['models.ts']).toMatch(/^export const MODEL = 'gpt-(?!4-turbo)[\w.-]+';\n$/);
});

test('a rule without findings has nothing to fix', async () => {
  expect((await fixOf('stacked-retries')).fix).toEqual({ edit: null, files: 0, fixed: 0, left: 0, isSafe: true });
});
