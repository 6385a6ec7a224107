/** Caps that are not written down: from a function, and changed while calls run. */
import { afterEach, expect, test } from 'vitest';
import type { BudgetOptions, CappedCall, MeterOptions } from '../../runtime/src/index.ts';
import { arrivals, type SetUp, setUp } from './set-up.ts';

let on: SetUp;
afterEach(() => on.close());

async function start(options: MeterOptions): Promise<void> {
  on = await setUp(options);
}

const ask = (limit = 5) =>
  on.metered.openai.chat.completions.create({
    model: 'large',
    messages: [{ role: 'user', content: 'Hi' }],
    max_completion_tokens: limit,
  });
const statusOf = (answer: Promise<unknown>): Promise<number> =>
  answer.then(
    () => 200,
    ({ status }) => status,
  );
const tenant = (dollars: BudgetOptions['dollars']): BudgetOptions => ({ per: 'tenant', window: 'month', dollars });

test('a function says the cap of each call, at once or later, and is asked again for the next', async () => {
  const plans = new Map([['acme', 10]]);
  const seen: CappedCall[] = [];
  await start({
    budgets: [
      tenant(async (call) => {
        seen.push(call);
        await Promise.resolve();
        return plans.get(call.name) ?? 0;
      }),
    ],
  });
  const as = (name: string) => statusOf(on.meter.run({ tenant: name, user: 'ada', tags: ['a'] }, () => ask()));
  expect([await as('acme'), await as('globex')]).toEqual([200, 402]);
  plans.set('globex', 1);
  expect(await as('globex')).toBe(200);
  expect(seen[0]).toEqual({
    name: 'acme',
    tenant: 'acme',
    user: 'ada',
    feature: null,
    team: null,
    tags: ['a'],
    session: null,
    model: 'large',
  });
});

test('null means no cap, and spending is still counted', async () => {
  let cap: number | null = null;
  await start({ budgets: [tenant(() => cap)] });
  const as = () => statusOf(on.meter.run({ tenant: 'acme' }, () => ask()));
  expect(await as()).toBe(200);
  await on.meter.flush();
  const spent = on.calls[0]?.cost?.amount ?? 0;
  expect(spent).toBeGreaterThan(0);
  expect(
    await on.meter.remaining(
      tenant(() => null),
      'acme',
    ),
  ).toMatchObject({ spent, scope: { cap: Infinity } });
  cap = spent / 1e9;
  expect(await as()).toBe(402);
  expect(on.events.at(-1)).toMatchObject({ message: expect.stringContaining('$0 of $0.000') });
});

test.each([
  ['returns a text', () => '20' as never, 'budgets[1].dollars: its return value must be a number from 0 to'],
  ['returns too little', () => -1, 'from 0 to 9000000; got -1'],
  ['returns nothing', () => undefined as never, 'its return value must be a number'],
  ['returns no number', async () => Number.NaN, 'got NaN'],
  [
    'throws',
    () => {
      throw new Error('no plan');
    },
    'budgets[1].dollars: no plan',
  ],
  ['rejects', () => Promise.reject(new Error('no plan')), 'budgets[1].dollars: no plan'],
])('a function that %s closes a hard cap, by name', async (_, dollars, message) => {
  await start({ budgets: [{ per: 'total', window: 'day', dollars: 10 }, tenant(dollars)] });
  const refused = on.meter.run({ tenant: 'acme' }, () => ask());
  await expect(refused).rejects.toMatchObject({ status: 402, code: 'runtime_unavailable' });
  await expect(refused).rejects.toThrow(message);
  expect(on.events).toMatchObject([{ type: 'layer-failed', layer: 'budget', effect: 'closed' }, { type: 'refused' }]);
  expect(on.provider.calls).toHaveLength(0);
  // The function is not called for users without such a cap.
  expect(await statusOf(ask())).toBe(200);
  await expect(on.meter.remaining(tenant(dollars), 'acme')).rejects.toThrow(/^remaining: budget\.dollars: /);
});

test('a function that fails opens a soft cap, and the others hold', async () => {
  const failing = () => {
    throw new Error('no plan');
  };
  await start({
    budgets: [
      { ...tenant(failing), mode: 'soft' },
      { per: 'total', window: 'day', dollars: 10 },
    ],
  });
  expect(await statusOf(on.meter.run({ tenant: 'acme' }, () => ask()))).toBe(200);
  expect(on.events).toMatchObject([{ type: 'layer-failed', layer: 'budget', effect: 'open' }]);
  await on.meter.flush();
  const total = await on.meter.remaining({ per: 'total', window: 'day', dollars: 10 });
  expect(total.spent).toBe(on.calls[0]?.cost?.amount);
});

test('a cap that is changed while calls run goes on with what is spent and reserved', async () => {
  await start({ budgets: [tenant(10)] });
  const as = (limit?: number) => on.meter.run({ tenant: 'acme' }, () => ask(limit));
  await as();
  const spent = on.calls[0]?.cost?.amount ?? 0;
  on.provider.script([{ hold: 'start' }]);
  const open = as();
  await on.provider.until((sent) => sent[1]?.isHeld === true);
  const before = await on.meter.remaining(tenant(10), 'acme');
  expect(before).toMatchObject({ spent, reserved: expect.any(Number) });
  // Below what is spent and reserved: nothing fits any more, and what runs goes on.
  on.meter.setBudgets([tenant(spent / 1e9)]);
  expect(await statusOf(as())).toBe(402);
  on.provider.release();
  await open;
  await on.meter.flush();
  expect(await on.meter.remaining(tenant(10), 'acme')).toMatchObject({ spent: 2 * spent, reserved: 0 });
  on.meter.setBudgets([tenant(10)]);
  expect(await statusOf(as())).toBe(200);
  // Another window begins a count.
  on.meter.setBudgets([{ ...tenant(10), window: 'week' }]);
  expect(await on.meter.remaining({ ...tenant(10), window: 'week' }, 'acme')).toMatchObject({ spent: 0 });
  on.meter.setBudgets([]);
  expect(await statusOf(as(100_000))).toBe(200);
});

test('a meter without budgets can get some, for what it cannot read as well', async () => {
  await start({});
  expect(await statusOf(ask())).toBe(200);
  on.meter.setBudgets([{ per: 'total', window: 'day', dollars: 0 }]);
  expect(await statusOf(ask())).toBe(402);
  expect(await statusOf(on.metered.openai.images.generate({ model: 'dall-e-3', prompt: 'a bird' }))).toBe(402);
});

test('budgets that are not valid are refused by name, and the earlier ones go on', async () => {
  await start({ budgets: [{ per: 'total', window: 'day', dollars: 0 }] });
  const change = (budgets: object[]) => () => on.meter.setBudgets(budgets as never);
  expect(change([tenant(1), { ...tenant(1), dollars: '5' }])).toThrow('budgets[1].dollars must be a number');
  expect(change({} as never)).toThrow('budgets must be a list; got an object.');
  expect(await statusOf(ask())).toBe(402);
});

test('a call that waits is sent as soon as its cap is raised', async () => {
  const calls = arrivals();
  const waiting = (dollars: number): BudgetOptions => ({ ...tenant(dollars), otherwise: { waitAtMost: 600_000 } });
  await start({ budgets: [waiting(0)], validate: { check: calls.check } });
  const answer = on.meter.run({ tenant: 'acme' }, () => ask());
  await calls.came(1);
  expect(on.provider.calls).toHaveLength(0);
  on.meter.setBudgets([waiting(1)]);
  await answer;
});
