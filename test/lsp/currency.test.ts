/** The editor shows amounts in the currency of the configuration, from the moment at which it is written. */
import { expect, test } from 'vitest';
import { REPORT } from '../../server/src/lsp/protocol.ts';
import { lensLines } from '../support/lenses.ts';
import { workspace } from '../support/workspace.ts';

const TEXT = `import OpenAI from 'openai';
const client = new OpenAI();
export const ask = () => client.responses.create({ model: 'gpt-6-luna', input: 'Hello', max_output_tokens: 100 });
`;

test('a lens follows the currency of the configuration', async () => {
  const editor = await workspace({ 'a.ts': TEXT, 'farthing.config.json': '{}' });
  await editor.show('a.ts');
  expect((await lensLines(editor, 'a.ts')).join()).toContain('$');
  await editor.save('farthing.config.json', '{ "currency": { "code": "EUR", "rate": 0.92 } }');
  await expect.poll(async () => (await lensLines(editor, 'a.ts')).join()).toContain('€');
  expect((await lensLines(editor, 'a.ts')).join()).not.toContain('$');
  expect(await editor.request(REPORT, null)).toMatchObject({ currency: { code: 'EUR', rate: 0.92 } });
});
