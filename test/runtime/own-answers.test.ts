/** An answer that was made for another request says of its request what this one said: its metadata, its user. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { memoryStores } from '../../runtime/src/index.ts';
import type { CacheStore } from '../../runtime/src/stores/store.ts';
import { arrivals, collect, type SetUp, setUp } from './set-up.ts';

let on: SetUp;
let kept: string[];
beforeEach(async () => {
  kept = [];
  const stores = memoryStores();
  const set: CacheStore['set'] = (entry) => {
    kept.push(`${Buffer.from(entry.bytes).toString()} ${entry.meta}`);
    return stores.cache.set(entry);
  };
  on = await setUp({ cache: { mode: 'on' }, stores: { ...stores, cache: { ...stores.cache, set } } });
});
afterEach(() => on.close());

const question = { model: 'small', input: 'What is a farthing?', temperature: 0, max_output_tokens: 90 };
const of = (name: string) => ({
  user: `user-${name}`,
  safety_identifier: `safe-${name}`,
  prompt_cache_key: `prompt-${name}`,
  metadata: { caller: name },
});
type Said = Partial<ReturnType<typeof of>>;
const NOTHING = { user: null, safety_identifier: null, prompt_cache_key: null, metadata: {} };

/** What each object says that stands for the answer: the whole one, or those in a stream's events. */
const saidBy = {
  whole: async (said: Said) => [await on.metered.openai.responses.create({ ...question, ...said })],
  streamed: async (said: Said) => {
    const events = await collect(await on.metered.openai.responses.create({ ...question, ...said, stream: true }));
    return events.flatMap((event) => ('response' in event ? [event.response] : []));
  },
};

test.each([
  ['whole', 'whole'],
  ['streamed', 'streamed'],
  ['whole', 'streamed'],
  ['streamed', 'whole'],
] as const)('an answer kept %s and given %s is the own one of who gets it', async (first, then) => {
  expect(await saidBy[first](of('a'))).toMatchObject(first === 'whole' ? [of('a')] : [of('a'), of('a'), of('a')]);
  await on.meter.flush();
  const answers = then === 'whole' ? 1 : 3;
  expect(await saidBy[then](of('b'))).toMatchObject(Array(answers).fill(of('b')));
  expect(await saidBy[then]({})).toMatchObject(Array(answers).fill(NOTHING));
  expect(on.provider.calls).toHaveLength(1);
  // What is cached belongs to no caller.
  expect(kept).toHaveLength(1);
  expect(kept[0]).not.toMatch(/user-a|safe-a|prompt-a|"caller"/);
});

test('an answer kept of a request that says nothing is the own one of who says something', async () => {
  const [first] = await saidBy.whole({});
  const [second] = await saidBy.whole(of('b'));
  expect(second).toMatchObject(of('b'));
  // The provider knows the answer by its id.
  expect(second?.id).toBe(first?.id);
  expect(on.provider.calls).toHaveLength(1);
});

test.each(['whole', 'streamed'] as const)('so is one that is joined while it runs, %s', async (way) => {
  await on.close();
  const calls = arrivals();
  on = await setUp({ cache: { mode: 'on' }, deduplicate: 'on', validate: { check: calls.check } });
  on.provider.script({ outputTokens: 40, chunks: 40, hold: 'middle' });
  const all = Promise.all(['a', 'b', 'c'].map((name) => saidBy[way](of(name))));
  await calls.came(3);
  await on.provider.until(([call]) => call?.isHeld === true);
  on.provider.release();
  const answers = way === 'whole' ? 1 : 3;
  expect(await all).toMatchObject(['a', 'b', 'c'].map((name) => Array(answers).fill(of(name))));
  expect(on.provider.calls).toHaveLength(1);
  expect(on.calls.map(({ origin }) => origin).sort()).toEqual(['joined', 'joined', 'provider']);
});

const chat = { model: 'small', messages: [{ role: 'user' as const, content: 'Why?' }], temperature: 0 };
const chatAnswer = (more: object) => ({
  body: {
    content: JSON.stringify({
      id: 'chatcmpl-1',
      object: 'chat.completion',
      model: 'small',
      choices: [{ index: 0, message: { role: 'assistant', content: 'So.' }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
      ...more,
    }),
  },
  contentType: 'application/json',
});

test('what a provider says of itself under the same name stays', async () => {
  const own = { metadata: { weight_version: 'default' }, user: null };
  on.provider.script(chatAnswer(own));
  const ask = (said: Said) => on.metered.openai.chat.completions.create({ ...chat, ...said });
  expect(await ask(of('a'))).toMatchObject(own);
  // It did not repeat the user, so that it is not made to.
  expect(await ask(of('b'))).toMatchObject(own);
  expect(await ask({})).toMatchObject(own);
  expect(on.provider.calls).toHaveLength(1);
});

test('what a provider adds to what it repeats stays, and what it repeats does not', async () => {
  on.provider.script(chatAnswer({ metadata: { caller: 'a', weight_version: 'default' } }));
  const ask = (said: Said) => on.metered.openai.chat.completions.create({ ...chat, ...said });
  await ask(of('a'));
  expect(await ask(of('b'))).toMatchObject({ metadata: { caller: 'b', weight_version: 'default' } });
  expect(kept[0]).not.toContain('caller');
});

test('a server that repeats the metadata of Anthropic is handled alike', async () => {
  const start = {
    type: 'message_start',
    message: {
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      model: 'small',
      content: [],
      metadata: { user_id: 'a' },
    },
  };
  const events = [
    { ...start, message: { ...start.message, usage: { input_tokens: 1, output_tokens: 1 } } },
    { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Été, "user":"a"' } },
    { type: 'content_block_stop', index: 0 },
    { type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: { output_tokens: 4 } },
    { type: 'message_stop' },
  ];
  const content = events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join('');
  on.provider.script({ body: { content }, contentType: 'text/event-stream' });
  const ask = (user_id: string) =>
    on.metered.anthropic.messages.stream({ ...chat, max_tokens: 50, metadata: { user_id } }).finalMessage();
  await ask('a');
  expect(await ask('b')).toMatchObject({ metadata: { user_id: 'b' }, content: [{ text: 'Été, "user":"a"' }] });
  expect(on.provider.calls).toHaveLength(1);
});

test('a server that sends a request its id back sends each its own', async () => {
  await on.close();
  const calls = arrivals();
  on = await setUp({ deduplicate: 'on', validate: { check: calls.check } });
  on.provider.script({ hold: 'start', headers: { 'x-ms-client-request-id': 'a', 'apim-request-id': 'of the server' } });
  const ask = (id: string) =>
    on.metered.openai.chat.completions.create(chat, { headers: { 'x-ms-client-request-id': id } }).withResponse();
  const all = Promise.all([ask('a'), ask('b')]);
  await calls.came(2);
  await on.provider.until(([call]) => call?.isHeld === true);
  on.provider.release();
  const ids = (await all).map(({ response }) =>
    ['x-ms-client-request-id', 'apim-request-id'].map((name) => response.headers.get(name)),
  );
  expect(ids).toEqual([
    ['a', 'of the server'],
    ['b', 'of the server'],
  ]);
  expect(on.provider.calls).toHaveLength(1);
});

test('calls that share an answer have their own results in its headers', async () => {
  await on.close();
  const calls = arrivals();
  on = await setUp({ deduplicate: 'on', validate: { check: calls.check } });
  on.provider.script({ hold: 'start' });
  const ask = () => on.metered.openai.responses.create(question).withResponse();
  const all = Promise.all([ask(), ask(), ask()]);
  await calls.came(3);
  await on.provider.until(([call]) => call?.isHeld === true);
  on.provider.release();
  const answers = await all;
  const results = answers.map(({ response }) => ({
    call: response.headers.get('x-farthing-call'),
    origin: response.headers.get('x-farthing-origin'),
    saved: response.headers.get('x-farthing-saved'),
  }));
  expect(on.provider.calls).toHaveLength(1);
  expect(new Set(results.map(({ call }) => call))).toEqual(new Set(on.calls.map(({ id }) => id)));
  expect(results.map(({ origin }) => origin)).toEqual(['provider', 'joined', 'joined']);
  expect(results.map(({ saved }) => saved === null)).toEqual([true, false, false]);
});
