/** Whose cap it is: exceptions above a cap for all, teams, and tags. */
import { afterEach, expect, test } from 'vitest';
import type { CallOptions } from '../../runtime/src/index.ts';
import { contextHeaders, type MeterOptions } from '../../runtime/src/index.ts';
import { type SetUp, setUp } from './set-up.ts';

let on: SetUp;
afterEach(() => on.close());

/** It reserves $0.0025 at most, and costs less. */
const ask = (options: object = {}) =>
  on.metered.openai.chat.completions.create(
    { model: 'large', messages: [{ role: 'user', content: 'Hi' }], max_completion_tokens: 5 },
    options,
  );
const DEAR = 10;
const NOTHING = 0;

async function start(options: MeterOptions): Promise<void> {
  on = await setUp(options);
}

/** Whether each of these calls is sent. */
async function areSent(...contexts: CallOptions[]): Promise<boolean[]> {
  const sent: boolean[] = [];
  for (const context of contexts) {
    const answer = on.meter.run(context, () => ask());
    sent.push(
      await answer.then(
        () => true,
        ({ status }) => (status === 402 ? false : Promise.reject(status)),
      ),
    );
  }
  return sent;
}

test('an exception replaces the cap for all, upwards and downwards', async () => {
  await start({
    budgets: [
      { per: 'tenant', window: 'day', dollars: NOTHING },
      { per: 'tenant', only: ['acme', 'globex'], window: 'day', dollars: DEAR },
      { per: 'user', window: 'month', dollars: DEAR },
      { per: 'user', only: 'eve', window: 'month', dollars: NOTHING },
    ],
  });
  expect(await areSent({ tenant: 'acme' }, { tenant: 'globex' }, { tenant: 'initech' })).toEqual([true, true, false]);
  expect(await areSent({ user: 'ada' }, { user: 'eve' }, { user: 'eve', tenant: 'acme' })).toEqual([
    true,
    false,
    false,
  ]);
});

test('an exception replaces caps over the same period alone, whatever their zone and mode', async () => {
  await start({
    budgets: [
      { per: 'tenant', window: 'month', dollars: NOTHING },
      { per: 'tenant', window: 'day', dollars: NOTHING },
      { per: 'tenant', only: 'acme', window: 'day', timeZone: 'Asia/Kolkata', dollars: DEAR },
      { per: 'tenant', only: ['globex'], window: 'day', mode: 'soft', dollars: DEAR },
      { per: 'tenant', only: ['acme', 'globex'], window: 'month', dollars: DEAR },
      { per: 'tenant', only: 'initech', window: 'day', dollars: DEAR },
    ],
  });
  expect(await areSent({ tenant: 'acme' }, { tenant: 'globex' }, { tenant: 'initech' })).toEqual([true, true, false]);
});

test('with `adds` an exception holds beside the cap for all', async () => {
  await start({
    budgets: [
      { per: 'tenant', window: 'day', dollars: NOTHING },
      { per: 'tenant', only: 'acme', adds: true, window: 'day', dollars: DEAR },
      { per: 'feature', window: 'day', dollars: DEAR },
      { per: 'feature', only: 'export', adds: true, window: 'day', dollars: NOTHING },
    ],
  });
  expect(await areSent({ tenant: 'acme' }, { feature: 'chat' }, { feature: 'export' })).toEqual([false, true, false]);
});

test('teams have caps, and each tag has its own', async () => {
  await start({
    budgets: [
      { per: 'team', only: 'research', window: 'week', dollars: NOTHING },
      { per: 'tag', window: 'day', dollars: DEAR },
      { per: 'tag', only: 'nightly', window: 'day', dollars: NOTHING },
    ],
  });
  expect(await areSent({}, { team: 'sales' }, { team: 'research' })).toEqual([true, true, false]);
  expect(await areSent({ tags: ['batch', 'eu'] }, { tags: ['batch', 'nightly'] })).toEqual([true, false]);
  const cost = on.calls.reduce((sum, call) => sum + (call.tags.includes('batch') ? (call.cost?.amount ?? 0) : 0), 0);
  await on.meter.flush();
  expect(cost).toBeGreaterThan(0);
  for (const tag of ['batch', 'eu']) {
    const state = await on.meter.remaining({ per: 'tag', window: 'day', dollars: DEAR }, tag);
    expect(state).toMatchObject({ spent: cost, reserved: 0 });
  }
});

test('an inner run adds its tags, so that none leaves the budget of an outer one', async () => {
  await start({ budgets: [{ per: 'tag', only: 'nightly', window: 'day', dollars: NOTHING }] });
  const inner = on.meter.run({ tags: ['nightly'] }, () => on.meter.run({ tags: ['retry', 'nightly'] }, () => ask()));
  await expect(inner).rejects.toMatchObject({ status: 402 });
  expect(on.calls[0]?.tags).toEqual(['nightly', 'retry']);
  await on.meter.run({ tags: ['a'] }, () => ask({ headers: contextHeaders({ tags: ['b, c', 'ü'], team: 'Köln' }) }));
  expect(on.calls[1]).toMatchObject({ tags: ['a', 'b, c', 'ü'], team: 'Köln' });
  expect(on.provider.calls.at(-1)?.headers).not.toHaveProperty('x-farthing-tags');
  expect(() => on.meter.run({ tags: 'nightly' as never }, () => {})).toThrow('run.tags must be a list; got "nightly".');
});

test('the report has teams, and a call with several tags under each of them', async () => {
  await start({});
  await areSent({ team: 'sales', tags: ['a', 'b'] }, { tags: ['b'] }, {});
  const calls = async (by: 'team' | 'tag') =>
    Object.fromEntries((await on.meter.report(by)).map(({ key, calls }) => [key, calls]));
  expect(await calls('team')).toEqual({ sales: 1, null: 2 });
  expect(await calls('tag')).toEqual({ a: 1, b: 2, null: 1 });
});

test('a request that is not understood falls under the exceptions as well', async () => {
  await start({
    budgets: [
      { per: 'tenant', window: 'day', dollars: DEAR },
      { per: 'tenant', only: 'acme', window: 'day', mode: 'soft', dollars: DEAR },
    ],
  });
  const draw = () => on.metered.openai.images.generate({ model: 'dall-e-3', prompt: 'a bird' });
  await expect(on.meter.run({ tenant: 'initech' }, draw)).rejects.toMatchObject({ status: 402 });
  await on.meter.run({ tenant: 'acme' }, draw).catch(() => {});
  expect(on.provider.calls).toHaveLength(1);
});

test('rate limits know exceptions too, and limits over several times each have a bucket', async () => {
  await start({
    limits: [
      { per: 'user', requests: 1, seconds: 3600 },
      { per: 'user', only: 'vip', requests: 3, seconds: 3600 },
      { per: 'tag', requests: 10, seconds: 3600 },
      { per: 'tag', requests: 2, seconds: 86_400 },
      { per: 'team', requests: 5, seconds: 3600 },
      { per: 'team', only: 'new', adds: true, requests: 1, seconds: 3600 },
    ],
  });
  const count = async (context: CallOptions): Promise<number> => {
    for (let sent = 0; ; sent++) {
      const isSent = await on.meter
        .run(context, () => ask())
        .then(
          () => true,
          () => false,
        );
      if (!isSent) return sent;
    }
  };
  expect(await count({ user: 'ada' })).toBe(1);
  expect(await count({ user: 'vip' })).toBe(3);
  expect(await count({ tags: ['slow'] })).toBe(2);
  expect(await count({ team: 'old' })).toBe(5);
  expect(await count({ team: 'new' })).toBe(1);
});
