/** Message batches of Anthropic, with the real SDK. */
import Anthropic from '@anthropic-ai/sdk';
import { afterEach, expect, test } from 'vitest';
import { priceTable } from '../../provider/log.ts';
import { collect, type SetUp, setUp } from '../set-up.ts';

let on: SetUp;
afterEach(() => on.close());

const MODEL = 'claude-haiku-4-5';
const message = (text: string) => ({
  model: MODEL,
  max_tokens: 100,
  messages: [{ role: 'user' as const, content: text }],
});
const rowOf = (text: string) => ({ custom_id: text, params: message(text) });
const names = (count: number) => Array.from({ length: count }, (_, index) => `question ${index}`);

async function start(): Promise<void> {
  on = await setUp({ prices: [] });
}
const batch = (more: object = {}) =>
  on.meter.batch({ client: on.metered.anthropic, name: 'labels', poll: { first: 1, max: 2 }, quiet: 1, ...more });

/** $1 and $5 per million tokens, before the half. */
const bill = (): number => on.provider.spend(priceTable({ [MODEL]: { input: 1000, output: 5000 } }));
const ledger = async (): Promise<number> => {
  await on.meter.flush();
  return on.calls.reduce((sum, { cost }) => sum + (cost?.amount ?? Number.NaN), 0);
};

test('calls of the copied client get their own answers, at half price', async () => {
  await start();
  const labels = batch();
  const answers = await Promise.all(names(3).map((name) => labels.client.messages.create(message(name))));
  await labels.close();
  expect(answers.map(({ content: [first] }) => first)).toEqual(
    names(3).map((name) => expect.objectContaining({ text: expect.stringContaining(`to: ${name}`) })),
  );
  expect([...on.provider.batches.all.values()].map(({ lines }) => lines.length)).toEqual([3]);
  expect(await ledger()).toBe(bill());
  expect(bill()).toBeGreaterThan(0);
});

test('expired rows are submitted again, without those that have an answer', async () => {
  await start();
  on.provider.batches.plan([{ expired: 0.5, twice: 2 }, {}]);
  const answers = await collect(batch({ maxRows: 4 }).rows(names(6).map(rowOf)));
  expect(answers.map(({ id, status }) => [id, status]).sort()).toEqual(names(6).map((name) => [name, 200]));
  expect([...on.provider.batches.all.values()].map(({ lines }) => lines.length)).toEqual([4, 2, 2]);
  expect(await ledger()).toBe(bill());
});

test('errors of lines are final, or tried again, by their kind', async () => {
  await start();
  on.provider.script({ text: 'wrong' }, { error: { status: 400, message: 'No such thing.' } });
  on.provider.script({ text: 'busy' }, [{ error: { status: 529 } }]);
  const answers = await collect(batch().rows(['wrong', 'busy', 'right'].map(rowOf)));
  const byId = Object.fromEntries(answers.map((answer) => [answer.id, answer]));
  expect(byId.wrong).toMatchObject({ status: 400, error: { message: 'No such thing.' }, cost: { amount: 0 } });
  expect([byId.busy?.status, byId.right?.status]).toEqual([200, 200]);
  expect(await ledger()).toBe(bill());
});

test('an error of a line is the error of its call', async () => {
  await start();
  on.provider.script({ text: 'wrong' }, { error: { status: 400 } });
  const labels = batch();
  const error: unknown = await labels.client.messages.create(message('wrong')).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(Anthropic.BadRequestError);
  await labels.close();
});

test('a creation whose answer is lost is not made twice', async () => {
  await start();
  on.provider.script({ path: 'POST /v1/messages/batches' }, [{ fault: { kind: 'disconnect', at: 'headers' } }]);
  const answers = await collect(batch().rows([rowOf('a')]));
  expect(answers).toMatchObject([{ id: 'a', status: 200 }]);
  expect(on.provider.batches.all.size).toBe(1);
  expect(on.provider.stepsLeft).toBe(0);
});

test('at the deadline, rows without an answer become live calls, and an error of one is its answer', async () => {
  let now = new Date(Date.UTC(2026, 10, 29));
  on = await setUp({ prices: [], now: () => now });
  on.provider.batches.plan({ looks: 1000 });
  on.provider.script({ text: 'wrong' }, { error: { status: 404 } });
  const labels = batch({ deadline: 60_000 });
  const rows = collect(labels.rows(['a', 'b', 'c', 'wrong'].map(rowOf)));
  await on.provider.until((calls) => calls.some(({ path }) => path.includes('/batches/')));
  now = new Date(now.getTime() + 60_000);
  const answers = await rows;
  expect(answers.map(({ source }) => source).sort()).toContain('live');
  expect(answers.find(({ id }) => id === 'wrong')).toMatchObject({ status: 404 });
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
  expect(await ledger()).toBe(bill());
});
