/** Pinned prices hold in the editor from the moment at which they are written. */
import { createCatalogue } from '@farthing/shared/catalogue/create-catalogue';
import { lockedModel, lockText } from '@farthing/shared/catalogue/lock/price-lock';
import { expect, test } from 'vitest';
import { lensLines } from '../support/lenses.ts';
import { workspace } from '../support/workspace.ts';

const TEXT = `import OpenAI from 'openai';
const client = new OpenAI();
export const ask = () => client.responses.create({ model: 'gpt-6-luna', input: 'Hello', max_output_tokens: 100 });
`;

test('a lens follows the lock when it is written', async () => {
  const editor = await workspace({ 'a.ts': TEXT, 'farthing.config.json': '{}' });
  await editor.show('a.ts');
  const before = await lensLines(editor, 'a.ts');
  const model = createCatalogue({ now: new Date() }).find('openai', 'gpt-6-luna');
  if (model === null) throw new Error('no such model');
  const dear = { ...lockedModel(model), price: { ...model.price, input: 1_000_000, output: 10_000_000 } };
  await editor.save('farthing.lock.json', lockText({ date: '2026-12-01', source: 'a table', models: [dear] }));
  await expect.poll(() => lensLines(editor, 'a.ts')).not.toEqual(before);
  expect((await lensLines(editor, 'a.ts')).join()).toMatch(/\$\d+\.\d\d per call|~\$\d/);
});
