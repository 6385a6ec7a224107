/** Gemini's batches, with the real SDK. */
import { afterEach, expect, test } from 'vitest';
import { priceTable } from '../../provider/log.ts';
import { collect, type SetUp, setUp } from '../set-up.ts';

let on: SetUp;
afterEach(() => on.close());

const MODEL = 'gemini-2.5-flash';
const rowOf = (text: string) => ({
  key: text,
  model: MODEL,
  request: { contents: [{ role: 'user', parts: [{ text }] }], generationConfig: { maxOutputTokens: 100 } },
});
const names = (count: number) => Array.from({ length: count }, (_, index) => `question ${index}`);
const batch = (more: object = {}) =>
  on.meter.batch({ client: on.metered.google, name: 'labels', poll: { first: 1, max: 2 }, quiet: 1, ...more });

/** $0.30 and $2.50 per million tokens, before the half. */
const bill = (): number => on.provider.spend(priceTable({ [MODEL]: { input: 300, output: 2500 } }));
const ledger = async (): Promise<number> => {
  await on.meter.flush();
  return on.calls.reduce((sum, { cost }) => sum + (cost?.amount ?? Number.NaN), 0);
};
const created = () => on.provider.calls.filter(({ path }) => path.endsWith(':batchGenerateContent'));

test('calls of the copied client get their own answers, at half price', async () => {
  on = await setUp({ prices: [] });
  const labels = batch();
  const answers = await Promise.all(
    names(3).map((name) =>
      labels.client.models.generateContent({ model: MODEL, contents: name, config: { maxOutputTokens: 100 } }),
    ),
  );
  await labels.close();
  expect(answers.map(({ text }) => text)).toEqual(names(3).map((name) => expect.stringContaining(`to: ${name}`)));
  expect(created()).toHaveLength(1);
  expect(on.calls).toHaveLength(3);
  expect(await ledger()).toBe(bill());
  expect(bill()).toBeGreaterThan(0);
  // A batch is deleted when it has been read.
  expect(on.provider.batches.all.size).toBe(0);
});

test('rows are split, and what expired is submitted again', async () => {
  on = await setUp({ prices: [] });
  on.provider.batches.plan([{ expired: 1 }, {}]);
  const answers = await collect(batch({ maxRows: 4 }).rows(names(6).map(rowOf)));
  expect(answers.map(({ id, status }) => [id, status]).sort()).toEqual(names(6).map((name) => [name, 200]));
  expect(created()).toHaveLength(3);
  expect(await ledger()).toBe(bill());
});

test('errors of lines are final, or tried again, by their kind', async () => {
  on = await setUp({ prices: [] });
  on.provider.script({ text: 'wrong' }, { error: { status: 400, message: 'No such thing.' } });
  on.provider.script({ text: 'busy' }, [{ error: { status: 429 } }]);
  const answers = await collect(batch().rows(['wrong', 'busy', 'right'].map(rowOf)));
  const byId = Object.fromEntries(answers.map((answer) => [answer.id, answer]));
  expect(byId.wrong).toMatchObject({ status: 400, error: { message: 'No such thing.' } });
  expect([byId.busy?.status, byId.right?.status]).toEqual([200, 200]);
  expect(await ledger()).toBe(bill());
});

test('a creation whose answer is lost is found by its name', async () => {
  on = await setUp({ prices: [] });
  on.provider.script({ path: ':batchGenerateContent' }, [{ fault: { kind: 'disconnect', at: 'headers' } }]);
  const answers = await collect(batch().rows([rowOf('a')]));
  expect(answers).toMatchObject([{ id: 'a', status: 200 }]);
  expect(created()).toHaveLength(1);
  expect(on.provider.stepsLeft).toBe(0);
});

test('at the deadline, rows without an answer become live calls', async () => {
  let now = new Date(Date.UTC(2026, 10, 29));
  on = await setUp({ prices: [], now: () => now });
  on.provider.batches.plan({ looks: 1000 });
  on.provider.script({ text: 'wrong' }, { error: { status: 404 } });
  const rows = collect(batch({ deadline: 60_000 }).rows(['a', 'b', 'c', 'wrong'].map(rowOf)));
  await on.provider.until((calls) => calls.some(({ path }) => path.includes('/batches/')));
  now = new Date(now.getTime() + 60_000);
  const answers = await rows;
  expect(answers.map(({ source }) => source)).toContain('live');
  expect(answers.find(({ id }) => id === 'wrong')).toMatchObject({ status: 404 });
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
  expect(await ledger()).toBe(bill());
});
