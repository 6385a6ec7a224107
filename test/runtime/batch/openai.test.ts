/** Batches of OpenAI, with the real SDK. */
import OpenAI from 'openai';
import { afterEach, expect, test } from 'vitest';
import type { BatchAnswer, BatchOptions, MeterOptions } from '../../../runtime/src/index.ts';
import { memoryStores } from '../../../runtime/src/index.ts';
import { memoryRecords } from '../../../runtime/src/stores/memory/records.ts';
import { priceTable } from '../../provider/log.ts';
import { collect, type SetUp, setUp } from '../set-up.ts';

let on: SetUp;
afterEach(() => on.close());

/** A real model, because only those have a known price in batches. */
const MODEL = 'gpt-4.1-mini';
const QUICK = { first: 1, max: 2 };

const question = (text: string, more: object = {}) => ({
  model: MODEL,
  messages: [{ role: 'user' as const, content: text }],
  max_completion_tokens: 100,
  ...more,
});

const rowOf = (text: string, more: object = {}) => ({
  custom_id: text,
  url: '/v1/chat/completions',
  body: question(text, more),
});
const names = (count: number) => Array.from({ length: count }, (_, index) => `question ${index}`);

async function start(options: MeterOptions = {}): Promise<void> {
  on = await setUp({ prices: [], ...options });
}

function batch(more: Partial<BatchOptions> = {}) {
  return on.meter.batch({ name: 'labels', poll: QUICK, quiet: 1, ...more, client: on.metered.openai });
}

/** $0.40 and $1.60 per million tokens, before the half. */
const bill = (): number => on.provider.spend(priceTable({ [MODEL]: { input: 400, output: 1600 } }));
const ledger = async (): Promise<number> => {
  await on.meter.flush();
  return on.calls.reduce((sum, { cost }) => sum + (cost?.amount ?? Number.NaN), 0);
};
const created = () => on.provider.calls.filter(({ method, path }) => method === 'POST' && path.endsWith('/batches'));
const ids = (answers: readonly BatchAnswer[]) => answers.map(({ id }) => id).sort();

test('calls of the copied client get their own answers, at half price', async () => {
  await start();
  const labels = batch();
  const answers = await on.meter.run({ feature: 'labels' }, () =>
    Promise.all(names(3).map((name) => labels.client.chat.completions.create(question(name)))),
  );
  expect(answers.map(({ choices }) => choices[0]?.message.content)).toEqual(
    names(3).map((name) => expect.stringContaining(`to: ${name}`)),
  );
  await labels.close();
  expect(created()).toHaveLength(1);
  expect(await ledger()).toBe(bill());
  expect(bill()).toBeGreaterThan(0);
  expect(on.calls.map(({ feature, status, endpoint }) => [feature, status, endpoint])).toEqual(
    names(3).map(() => ['labels', 200, 'openai-chat']),
  );
  expect(on.provider.batches.files.size).toBe(0);
});

test('rows are split at the limits, and each is answered once', async () => {
  await start();
  const answers = await collect(batch({ maxRows: 4 }).rows(names(10).map((name) => rowOf(name))));
  expect(ids(answers)).toEqual(names(10).sort());
  expect([...on.provider.batches.all.values()].map(({ lines }) => lines.length)).toEqual([4, 4, 2]);
  expect(await ledger()).toBe(bill());
});

test('results that come twice count once', async () => {
  await start();
  on.provider.batches.plan({ twice: 2 });
  const answers = await collect(batch().rows(names(6).map((name) => rowOf(name))));
  expect(ids(answers)).toEqual(names(6).sort());
  expect(on.calls).toHaveLength(6);
  expect(await ledger()).toBe(bill());
});

test('what an expired batch has answered is kept, and only the rest is submitted again', async () => {
  await start();
  on.provider.batches.plan([{ expired: 0.5 }, {}]);
  const answers = await collect(batch().rows(names(6).map((name) => rowOf(name))));
  expect(ids(answers)).toEqual(names(6).sort());
  expect(answers.every(({ status }) => status === 200)).toBe(true);
  expect([...on.provider.batches.all.values()].map(({ lines }) => lines.length)).toEqual([6, 3]);
  expect(await ledger()).toBe(bill());
});

test('a row that three batches leave unanswered is given up', async () => {
  await start();
  on.provider.batches.plan({ expired: 1 });
  const answers = await collect(batch().rows([rowOf('a')]));
  expect(answers).toMatchObject([{ id: 'a', status: 499, source: 'none', error: { code: 'batch_expired' } }]);
  expect(created()).toHaveLength(3);
});

test('errors of lines are final, or tried again, by their kind', async () => {
  await start();
  on.provider.script({ text: 'wrong' }, { error: { status: 400, message: 'No such thing.' } });
  on.provider.script({ text: 'busy' }, [{ error: { status: 429 } }]);
  const answers = await collect(batch().rows(['wrong', 'busy', 'right'].map((name) => rowOf(name))));
  const byId = Object.fromEntries(answers.map((answer) => [answer.id, answer]));
  expect(byId.wrong).toMatchObject({ status: 400, error: { message: 'No such thing.' }, cost: { amount: 0 } });
  expect(byId.busy?.status).toBe(200);
  expect(byId.right?.status).toBe(200);
  expect(answers).toHaveLength(3);
  expect(await ledger()).toBe(bill());
});

test('an error of a line is the error of its call', async () => {
  await start();
  on.provider.script({ text: 'wrong' }, { error: { status: 400, message: 'No such thing.' } });
  const labels = batch();
  const error: unknown = await labels.client.chat.completions.create(question('wrong')).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(OpenAI.BadRequestError);
  await labels.close();
});

test('lines that keep a batch from beginning get their error, and the others are submitted without them', async () => {
  await start();
  on.provider.batches.plan([{ failure: [{ code: 'invalid_json', message: 'Line 2 is bad.', line: 2 }] }, {}]);
  const answers = await collect(batch().rows(names(3).map((name) => rowOf(name))));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 400]);
  expect(answers.find(({ status }) => status === 400)?.error).toMatchObject({ message: 'Line 2 is bad.' });
  expect(await ledger()).toBe(bill());
});

test('a limit of the account only delays a batch', async () => {
  await start();
  const full = { failure: [{ code: 'token_limit_exceeded', message: 'Enqueued token limit reached.' }] };
  on.provider.batches.plan([full, full, full, full, {}]);
  const answers = await collect(batch().rows([rowOf('a')]));
  expect(answers).toMatchObject([{ id: 'a', status: 200 }]);
  expect(on.events.filter(({ type }) => type === 'batch-failed')).toHaveLength(4);
});

test('a provider that fails for a moment is asked again', async () => {
  await start();
  for (const path of ['POST /v1/files', 'POST /v1/batches', 'GET /v1/batches/', '/content']) {
    on.provider.script({ path }, [{ error: { status: 503 } }]);
  }
  const answers = await collect(batch().rows([rowOf('a')]));
  expect(answers).toMatchObject([{ id: 'a', status: 200 }]);
  expect(on.provider.lines).toHaveLength(1);
  expect(on.provider.stepsLeft).toBe(0);
});

test('budgets reserve all rows, and settle them line by line', async () => {
  const budget = { per: 'total', window: 'month', dollars: 1 } as const;
  await start({ budgets: [budget] });
  on.provider.batches.plan({ looks: 2 });
  const rows = batch().rows(names(4).map((name) => rowOf(name)));
  const first = await rows.next();
  expect(first.value).toMatchObject({ status: 200 });
  await collect(rows);
  const { spent, reserved } = await on.meter.remaining(budget);
  expect({ spent, reserved }).toEqual({ spent: bill(), reserved: 0 });
});

test('a row that does not fit the budget is refused before it is submitted', async () => {
  // Half a cent holds some of the rows: each may cost up to about $0.0002 in a batch.
  await start({ budgets: [{ per: 'total', window: 'month', dollars: 0.0005 }] });
  const answers = await collect(batch().rows(names(10).map((name) => rowOf(name))));
  const statuses = answers.map(({ status }) => status);
  expect(statuses.filter((status) => status === 402).length).toBeGreaterThan(0);
  expect(statuses.filter((status) => status === 200).length).toBeGreaterThan(0);
  expect(on.provider.lines).toHaveLength(statuses.filter((status) => status === 200).length);
  expect(await ledger()).toBe(bill());
});

test('at the deadline the batch is cancelled, and the rows without an answer become live calls', async () => {
  let now = new Date(Date.UTC(2026, 10, 29));
  await start({ now: () => now });
  on.provider.batches.plan({ looks: 1000 });
  const rows = collect(batch({ deadline: 3_600_000 }).rows(names(4).map((name) => rowOf(name))));
  await on.provider.until((calls) => calls.some(({ path }) => path.includes('/batches/')));
  now = new Date(now.getTime() + 3_600_000);
  const answers = await rows;
  expect(ids(answers)).toEqual(names(4).sort());
  expect(answers.map(({ source }) => source).sort()).toEqual(['batch', 'batch', 'live', 'live']);
  expect(await ledger()).toBe(bill());
});

test('what is cancelled ends with what has been answered', async () => {
  await start();
  on.provider.batches.plan({ looks: 1000 });
  const labels = batch();
  const rows = collect(labels.rows(names(4).map((name) => rowOf(name))));
  await on.provider.until((calls) => calls.some(({ path }) => path.includes('/batches/')));
  await labels.cancel();
  const answers = await rows;
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 499, 499]);
  expect(await ledger()).toBe(bill());
});

test('responses and embeddings have batches of their own, as has each model', async () => {
  await start();
  const mixed = batch();
  const { client } = mixed;
  const [response, embedding, other] = await Promise.all([
    client.responses.create({ model: MODEL, input: 'one', max_output_tokens: 50 }),
    client.embeddings.create({ model: 'text-embedding-3-small', input: 'two' }),
    client.chat.completions.create(question('three', { model: 'gpt-4.1' })),
  ]);
  expect(response.output_text).toContain('to: one');
  expect(embedding.data[0]?.embedding.length).toBeGreaterThan(0);
  expect(other.model).toBe('gpt-4.1');
  expect(created()).toHaveLength(3);
  await mixed.close();
});

test('what no batch takes is said at once', async () => {
  await start();
  const { client } = batch();
  await expect(client.chat.completions.create({ ...question('a'), stream: true })).rejects.toThrow(
    expect.objectContaining({ cause: expect.objectContaining({ message: expect.stringContaining('cannot stream') }) }),
  );
  await expect(client.moderations.create({ input: 'a' })).rejects.toThrow();
  expect(() => on.meter.batch({ name: 'x', client: {} })).toThrow('takes a client');
});

test('the text of a request is in the store only while the batch is', async () => {
  const records = memoryRecords();
  await start({ stores: { ...memoryStores(), records } });
  await collect(batch().rows([rowOf('secret')]));
  expect(await records.list('', 10)).toEqual([]);
});
