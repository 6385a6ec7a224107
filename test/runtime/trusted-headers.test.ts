/** Headers that speak to the runtime are obeyed only where they are the application's own. */
import { afterEach, expect, test } from 'vitest';
import { contextHeaders } from '../../runtime/src/index.ts';
import { type SetUp, setUp } from './set-up.ts';

let on: SetUp;
afterEach(() => on.close());

const body = JSON.stringify({
  model: 'small',
  messages: [{ role: 'user', content: 'Hi' }],
  max_completion_tokens: 5,
});

async function ask(headers: Record<string, string>): Promise<number> {
  const own = { authorization: 'Bearer test-key', 'content-type': 'application/json' };
  const url = `${on.provider.url}/v1/chat/completions`;
  const response = await on.meter.fetch(url, { method: 'POST', headers: { ...own, ...headers }, body });
  await response.text();
  await on.meter.flush();
  return response.status;
}

test('a browser whose headers are forwarded can neither leave a budget nor take another name', async () => {
  on = await setUp({ budgets: [{ per: 'user', window: 'day', dollars: 0 }] });
  const forged = { 'x-farthing-bypass': 'true', 'x-farthing-user': 'somebody', 'x-farthing-secret': 'guess' };
  expect(await on.meter.run({ user: 'ada' }, () => ask(forged))).toBe(402);
  expect(on.calls).toMatchObject([{ user: 'ada' }]);
  expect(on.events).toContainEqual({ type: 'headers-ignored', names: ['bypass', 'user'] });
});

test('the headers of the meter itself are obeyed, and none leaves the process', async () => {
  on = await setUp();
  await ask(on.meter.headers({ user: 'ada', feature: 'chat' }));
  expect(on.calls).toMatchObject([{ user: 'ada', feature: 'chat' }]);
  await ask({ ...contextHeaders({ user: 'eve' }), 'x-farthing-other': '1' });
  expect(on.calls[1]).toMatchObject({ user: null });
  expect(JSON.stringify(on.provider.calls.map(({ headers }) => headers))).not.toContain('farthing');
});

test('another process makes them with a secret that both have', async () => {
  on = await setUp({ headerSecret: 'shared between two services' });
  const other = await setUp({ headerSecret: 'shared between two services' });
  await ask(other.meter.headers({ user: 'ada' }));
  await other.close();
  expect(on.calls).toMatchObject([{ user: 'ada' }]);
});

test('a request that is not understood obeys them in the same way', async () => {
  on = await setUp({ budgets: [{ per: 'total', window: 'day', dollars: 1 }] });
  const url = `${on.provider.url}/v1/images/generations`;
  const send = (headers: Record<string, string>) => on.meter.fetch(url, { method: 'POST', headers, body: '{}' });
  expect((await send({ 'x-farthing-bypass': 'true' })).status).toBe(402);
  await send(on.meter.headers({ bypass: true }));
  expect(on.provider.calls).toHaveLength(1);
});

test('run refuses names that it does not know', async () => {
  on = await setUp();
  const wrong = (context: object) => () => on.meter.run(context, () => {});
  expect(wrong({ featrue: 'chat' })).toThrow('"featrue" is not an option of run. Did you mean "feature"?');
  expect(wrong({ user: 42 })).toThrow('run.user must be a string or null; got 42.');
  expect(wrong({ user: undefined, tenant: null })).not.toThrow();
});
