/** Prompts in the ledger: none unless asked, and then what the application's hook makes of them. */
import { afterEach, expect, test } from 'vitest';
import { type LedgerRow, type MeterOptions, memoryStores } from '../../runtime/src/index.ts';
import { bytesOf } from '../security/everything.ts';
import { temporaryFiles } from '../stores/temporary.ts';
import { collect, type SetUp, setUp } from './set-up.ts';

const { path, open } = temporaryFiles();
let on: SetUp;
afterEach(() => on.close());

const content = 'Write to ada@example.org';
const chat = { model: 'small', messages: [{ role: 'user' as const, content }] };
const withoutMail = (prompt: string): string => prompt.replaceAll(/\S+@[\w.]+/g, '[mail]');

/** The rows behind one chat, one stream and one message. */
async function rowsWith(keepPrompts: MeterOptions['keepPrompts']): Promise<LedgerRow[]> {
  const stores = memoryStores();
  on = await setUp({ stores, ...(keepPrompts !== undefined && { keepPrompts }) });
  await on.metered.openai.chat.completions.create(chat);
  await collect(await on.metered.openai.chat.completions.create({ ...chat, stream: true }));
  await on.metered.anthropic.messages.create({ ...chat, max_tokens: 9 });
  await on.meter.flush();
  return collect(stores.ledger.rows());
}

test('none is kept unless asked', async () => {
  expect((await rowsWith(undefined)).map(({ prompt }) => prompt)).toEqual([null, null, null]);
});

test('what the hook answers is kept, of streams as well, and nothing else', async () => {
  const file = path();
  on = await setUp({ stores: open({ path: file }), keepPrompts: withoutMail });
  await on.metered.openai.chat.completions.create(chat);
  await collect(await on.metered.openai.chat.completions.create({ ...chat, stream: true }));
  await on.meter.flush();
  const kept = bytesOf(file);
  expect(kept.match(/Write to \[mail\]/g)?.length).toBeGreaterThanOrEqual(2);
  expect(kept).not.toContain('ada@example.org');
  // The provider got the prompt as it was.
  expect(on.provider.calls.map(({ body }) => String(body))).toEqual(
    expect.arrayContaining([expect.stringContaining(content)]),
  );
});

test('the hook is handed the body as the application sent it, and the call', async () => {
  const rows = await rowsWith((prompt, call) =>
    JSON.stringify([call.provider, call.status, JSON.parse(prompt).messages]),
  );
  const row = (provider: string): string => JSON.stringify([provider, 200, chat.messages]);
  expect(rows.map(({ prompt }) => prompt)).toEqual([row('openai'), row('openai'), row('anthropic')]);
});

test('a call for which the hook answers null is kept without its prompt', async () => {
  const rows = await rowsWith((prompt, { provider }) => (provider === 'openai' ? null : prompt));
  expect(rows.map(({ prompt }) => prompt === null)).toEqual([true, true, false]);
});

test('a key of the request that stands in its prompt is not handed over', async () => {
  const stores = memoryStores();
  on = await setUp({ stores, keepPrompts: (prompt) => prompt });
  const messages = [{ role: 'user' as const, content: 'My key is test-key. Is it good?' }];
  await on.metered.openai.chat.completions.create({ ...chat, messages });
  await on.metered.google.models.generateContent({ model: 'small', contents: 'My key is test-key.' });
  await on.meter.flush();
  const prompts = (await collect(stores.ledger.rows())).map(({ prompt }) => prompt);
  expect(prompts).toEqual([
    expect.stringContaining('My key is [key]. Is it good?'),
    expect.stringContaining('My key is [key].'),
  ]);
});

test.each<[string, NonNullable<MeterOptions['keepPrompts']>]>([
  [
    'throws',
    () => {
      throw new Error('no redaction today');
    },
  ],
  ['is asynchronous', (async () => content) as never],
  [
    'is asynchronous and rejects',
    (async () => {
      throw new Error('later');
    }) as never,
  ],
  ['answers nothing', (() => {}) as never],
])('where the hook %s nothing is kept, the call is answered, and an event says so', async (_, keepPrompts) => {
  const rows = await rowsWith(keepPrompts);
  expect(rows).toMatchObject([
    { status: 200, prompt: null },
    { status: 200, prompt: null },
    { status: 200, prompt: null },
  ]);
  expect(on.events).toMatchObject(
    rows.map(({ id }) => ({ type: 'layer-failed', layer: 'keepPrompts', call: id, effect: 'open' })),
  );
});
