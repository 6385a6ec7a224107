/** Conversations with the real SDKs: which model answers the next turn, and what the switch costs. */
import type OpenAI from 'openai';
import { afterEach, expect, test, vi } from 'vitest';
import { type MeterOptions, memoryStores, type RouteOptions } from '../../runtime/src/index.ts';
import { temporaryFiles } from '../stores/temporary.ts';
import { type SetUp, setUp } from './set-up.ts';

const { path } = temporaryFiles();
let open: SetUp[] = [];
afterEach(async () => {
  vi.useRealTimers();
  for (const on of open) await on.close();
  open = [];
});

/** Their provider keeps prompts by itself; a read costs a tenth. */
const [SMALL, LARGE] = ['gpt-4.1-mini', 'gpt-4.1'];
const PRICES: NonNullable<MeterOptions['prices']> = [
  { model: SMALL, input: 0.4, output: 0.8, cacheRead: 0.04 },
  { model: LARGE, input: 10, output: 20, cacheRead: 1 },
];
/** A question says itself how hard it is. */
const classify: NonNullable<RouteOptions['classify']> = ({ body }) => {
  const said = (body.messages as { role: string; content: string }[]).findLast(({ role }) => role === 'user');
  return said?.content.includes('hard') ? 'complex' : 'simple';
};

async function start(options: MeterOptions = {}, more: Partial<RouteOptions> = {}): Promise<SetUp> {
  const on = await setUp({
    cache: { mode: 'off' },
    deduplicate: 'off',
    prices: PRICES,
    route: { mode: 'on', tiers: { simple: SMALL, complex: LARGE }, classify, ...more },
    features: { chat: { tier: 'auto' }, asked: { tier: 'cascade' } },
    ...options,
  });
  open.push(on);
  return on;
}

interface Message {
  readonly role: 'system' | 'user' | 'assistant' | 'tool';
  readonly content: string;
}

const user = (content: string): Message => ({ role: 'user', content });
const assistant = (content: string): Message => ({ role: 'assistant', content });
const LONG: Message = { role: 'system', content: 'You know all about the sea, and answer shortly. '.repeat(900) };

async function ask(on: SetUp, messages: readonly object[], more: object = {}): Promise<string> {
  const { feature = 'chat', session = null } = more as { feature?: string; session?: string | null };
  const answer = await on.meter.run({ feature, session }, () =>
    on.metered.openai.chat.completions.create({
      model: LARGE,
      messages: messages as OpenAI.ChatCompletionMessageParam[],
    }),
  );
  await on.meter.flush();
  return answer.model;
}

const reasonOf = (on: SetUp): string | null | undefined =>
  on.calls.at(-1)?.decisions.findLast(({ layer, outcome }) => layer === 'route' && outcome === 'routed')?.reason;

const FIRST = [LONG, user('A hard one: why is the sea salt?')];
const NEXT = [...FIRST, assistant('Rivers carry it there.'), user('Thanks, and good night to you.')];

test('a long conversation stays with the large model that has it in its cache, because the switch costs more', async () => {
  const on = await start();
  expect(await ask(on, FIRST)).toBe(LARGE);
  expect(await ask(on, NEXT)).toBe(LARGE);
  expect(reasonOf(on)).toMatch(/^simple \(chosen by the application\) would save \$[\d.e-]+ less than a switch costs$/);
  expect(on.calls[1]?.usage?.cachedInput).toBeGreaterThan(9000);
});

test('a short one moves at once: nothing of it is in a cache', async () => {
  const on = await start();
  expect(await ask(on, FIRST.slice(1))).toBe(LARGE);
  expect(await ask(on, NEXT.slice(1))).toBe(SMALL);
});

test('when the cache has gone cold, both models start again, and the cheaper one is worth it', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const on = await start();
  await ask(on, FIRST);
  vi.setSystemTime(Date.now() + 20 * 60_000);
  expect(await ask(on, NEXT)).toBe(SMALL);
});

test('with conversations off the switch is made, and its loss is in the saving', async () => {
  const dearer = { model: SMALL, input: 2, output: 4, cacheRead: 0.2 };
  const on = await start({ prices: [dearer, ...PRICES.slice(1)] }, { conversations: 'off' });
  await ask(on, FIRST);
  expect(await ask(on, NEXT)).toBe(SMALL);
  const call = on.calls[1];
  // The small model read 11,000 tokens at 2 dollars a million; the large one would have read them from its cache at 1.
  expect(call?.savedBy.route).toBeLessThan(0);
  const priced = call?.decisions.find(({ outcome }) => outcome === 'priced');
  expect(priced).toMatchObject({ spent: call?.cost?.amount });
  if (priced?.outcome === 'priced') expect(priced.dearest.cost).toBeLessThan(priced.spent);
});

test('another process knows the conversation, through the store', async () => {
  const file = path();
  const one = await start({ path: file });
  const other = await start({ path: file });
  await ask(one, FIRST);
  expect(await ask(other, NEXT)).toBe(LARGE);
  expect(await ask(other, [LONG, user('Another one, of which nobody has heard.')])).toBe(SMALL);
});

test('within a tool loop the model never changes', async () => {
  let verdict = 'complex';
  const on = await start({}, { classify: () => verdict });
  const call = { id: 'c1', type: 'function', function: { name: 'depth', arguments: '{}' } };
  const begun = [user('How deep is it here?')];
  const loop = [
    { role: 'assistant', content: null, tool_calls: [call] },
    { role: 'tool', tool_call_id: 'c1', content: '30 m' },
  ];
  expect(await ask(on, begun)).toBe(LARGE);
  verdict = 'simple';
  expect(await ask(on, [...begun, ...loop])).toBe(LARGE);
  expect(reasonOf(on)).toBe('it is in the middle of a tool loop');
  expect(await ask(on, [...begun, ...loop, assistant('30 m deep.'), user('And over there?')])).toBe(SMALL);
  // Of a loop whose beginning is not known, the large model goes on.
  expect(await ask(on, [user('How deep was it there?'), ...loop], { feature: 'asked' })).toBe(LARGE);
  expect(on.provider.calls).toHaveLength(4);
});

test('a question that is asked again goes to the large model, which then stays', async () => {
  const on = await start();
  const easy = [user('Is the harbour open today?')];
  expect(await ask(on, easy)).toBe(SMALL);
  const again = [...easy, assistant('Yes.'), user('Is the harbour  open today?')];
  expect(await ask(on, again)).toBe(LARGE);
  expect(reasonOf(on)).toBe('the same is asked again');
  expect(await ask(on, [...again, assistant('No.'), user('I see.')])).toBe(LARGE);
  expect(reasonOf(on)).toBe('it stays there after an escalation');
});

test('a session has its questions in requests of their own', async () => {
  const on = await start();
  const more = { session: 's-1' };
  expect(await ask(on, [user('Is the harbour open today?')], more)).toBe(SMALL);
  expect(await ask(on, [user('Is the harbour open today?')], more)).toBe(LARGE);
  expect(await ask(on, [user('Is the harbour open today?')], { session: 's-2' })).toBe(SMALL);
});

test('two failures in a row escalate; an answer in between forgives them', async () => {
  const on = await start();
  const cut = { text: 'Half', finish: 'length' } as const;
  on.provider.script({ model: SMALL }, [cut, { text: 'Whole.' }, cut, cut]);
  const turns: Message[] = [user('Is the harbour open today?')];
  const models: string[] = [];
  for (let turn = 0; turn < 5; turn++) {
    models.push(await ask(on, turns));
    turns.push(assistant('...'), user(`And on day ${turn}?`));
  }
  expect(models).toEqual([SMALL, SMALL, SMALL, SMALL, LARGE]);
  expect(reasonOf(on)).toBe('2 answers in a row failed');
});

test('a cascade that escalated twice in a row asks the large model at once', async () => {
  const on = await start();
  on.provider.script({ model: SMALL }, { refusal: 'No.' });
  const turns: Message[] = [user('Is the harbour open today?')];
  for (let turn = 0; turn < 3; turn++) {
    await ask(on, turns, { feature: 'asked' });
    turns.push(assistant('...'), user(`And on day ${turn}?`));
  }
  expect(on.provider.calls.map(({ model }) => model)).toEqual([SMALL, LARGE, SMALL, LARGE, LARGE]);
});

test('while the store is down, calls go on, and the process knows what it answered itself', async () => {
  const stores = memoryStores();
  const fails = (): never => {
    throw new Error('down');
  };
  const on = await start({ stores: { ...stores, cache: { ...stores.cache, get: fails, set: fails } } });
  expect(await ask(on, FIRST)).toBe(LARGE);
  expect(await ask(on, NEXT)).toBe(LARGE);
  expect(on.events).toContainEqual(expect.objectContaining({ type: 'store-failed', layer: 'route', effect: 'open' }));
});
