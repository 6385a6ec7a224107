/** The cascade with the real SDKs: who is asked, what the application sees of it, and what it costs. */
import { afterEach, expect, test, vi } from 'vitest';
import { main } from '../../runtime/src/cli/main.ts';
import type { CallResult, MeterOptions, RouteOptions } from '../../runtime/src/index.ts';
import { priceTable } from '../provider/log.ts';
import type { Step } from '../provider/script.ts';
import { startFakeProvider } from '../provider/server.ts';
import { temporaryFiles } from '../stores/temporary.ts';
import { collect, PRICES, type SetUp, setUp } from './set-up.ts';

const { path } = temporaryFiles();
let on: SetUp;
let more: (() => Promise<void>) | null = null;
afterEach(async () => {
  vi.useRealTimers();
  await on.close();
  await more?.();
  more = null;
});

type Cascade = NonNullable<RouteOptions['cascade']>;

async function start(cascade: Cascade = {}, options: MeterOptions = {}): Promise<void> {
  on = await setUp({
    cache: { mode: 'off' },
    deduplicate: 'off',
    route: { mode: 'on', tiers: { simple: 'small', complex: 'large' }, cascade },
    features: { ask: { tier: 'cascade' } },
    ...options,
  });
}

const BILL = priceTable({ small: { input: 1000, output: 2000 }, large: { input: 10_000, output: 20_000 } });
const SCHEMA = { type: 'object', properties: { label: { enum: ['good', 'bad'] } }, required: ['label'] };
const TOOL = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };
const question = (content = 'How is it?') => ({ model: 'large', messages: [{ role: 'user' as const, content }] });
const labelled = {
  ...question(),
  response_format: { type: 'json_schema' as const, json_schema: { name: 'label', schema: SCHEMA } },
};
const withTool = {
  ...question(),
  tools: [{ type: 'function' as const, function: { name: 'weather', parameters: TOOL } }],
};

const inRun = <Value>(action: () => Promise<Value>): Promise<Value> => on.meter.run({ feature: 'ask' }, action);
const chat = (request: object = question()) =>
  inRun(() => on.metered.openai.chat.completions.create(request as ReturnType<typeof question>));
const textOf = async (request?: object): Promise<string | null | undefined> =>
  (await chat(request)).choices[0]?.message.content;
const asked = (): readonly (string | null)[] => on.provider.calls.map(({ model }) => model);
const last = (): CallResult => on.calls.at(-1) as CallResult;
const reasons = (): readonly (string | null)[] =>
  last()
    .decisions.filter(({ outcome }) => outcome !== 'priced')
    .map(({ reason }) => reason);

test('an answer with the form that was asked for is accepted, and its saving is the difference of the two models', async () => {
  await start();
  on.provider.script({ model: 'small' }, { text: '{"label":"good"}' });
  expect(await textOf(labelled)).toBe('{"label":"good"}');
  expect(asked()).toEqual(['small']);
  const { model, cost, saved, decisions, attempts } = last();
  expect({ model, attempts }).toEqual({ model: 'small', attempts: 1 });
  expect(reasons()).toEqual(['accepted: well-formed']);
  // The larger model has ten times the price.
  expect(saved).toBe(9 * (cost?.amount ?? 0));
  expect(decisions).toContainEqual({
    layer: 'route',
    outcome: 'priced',
    isShadow: false,
    reason: null,
    spent: cost?.amount,
    cheapest: { model: 'small', cost: cost?.amount },
    dearest: { model: 'large', cost: 10 * (cost?.amount ?? 0) },
  });
});

test.each<readonly [string, object, Step, string]>([
  ['text instead of JSON', labelled, { text: 'Good.' }, 'it is not JSON'],
  [
    'another value than the schema has',
    labelled,
    { text: '{"label":"ok"}' },
    'it does not match its schema at #/label (enum)',
  ],
  ['half of the JSON', labelled, { text: '{"label":', finish: 'length' }, 'it was cut off at its output limit'],
  ['a refusal', question(), { refusal: 'I cannot.' }, 'the model refused'],
  ['nothing', question(), { text: '' }, 'it is empty'],
  [
    'arguments that the tool does not take',
    withTool,
    { toolCalls: [{ name: 'weather', arguments: { town: 'Bonn' } }] },
    'the call of weather does not match its schema at # (required)',
  ],
  [
    'a tool that does not exist',
    withTool,
    { toolCalls: [{ name: 'climate', arguments: { city: 'Bonn' } }] },
    'it calls climate, which is not a tool of the request',
  ],
  ['an error', question(), { error: { status: 500 } }, 'status 500'],
  ['an error of the request', question(), { error: { status: 400 } }, 'status 400'],
])('%s is not accepted, whole or streamed: the next tier is asked', async (_, request, step, reason) => {
  await start();
  on.provider.script({ model: 'small' }, step);
  const good = { ...(step.toolCalls && { toolCalls: [{ name: 'weather', arguments: { city: 'Bonn' } }] }) };
  on.provider.script({ model: 'large' }, { text: '{"label":"bad"}', ...good });
  const { message } = (await chat(request)).choices[0] ?? {};
  const [call] = message?.tool_calls ?? [];
  const text = call?.type === 'function' ? call.function.arguments : message?.content;
  expect(text).toBe(step.toolCalls ? '{"city":"Bonn"}' : '{"label":"bad"}');
  expect(asked()).toEqual(['small', 'large']);
  expect(reasons()).toEqual([reason, 'it is the last tier']);
  const streamed = await inRun(() =>
    on.metered.openai.chat.completions.stream(request as ReturnType<typeof question>).finalChatCompletion(),
  );
  expect(streamed.model).toBe('large');
  expect(asked()).toEqual(['small', 'large', 'small', 'large']);
  expect(reasons()).toEqual([reason, 'it is the last tier']);
});

test('a rejected answer is paid for: it is in the cost, in the budget, and makes the saving negative', async () => {
  const budget = { per: 'total', window: 'day', dollars: 1 } as const;
  await start({}, { budgets: [budget] });
  on.provider.script({ model: 'small' }, { text: 'Good.' });
  on.provider.script({ model: 'large' }, { text: '{"label":"bad"}' });
  await chat(labelled);
  const { cost, saved, attempts, usage, decisions } = last();
  const bill = on.provider.spend(BILL);
  expect({ attempts, cost: cost?.amount }).toEqual({ attempts: 2, cost: bill });
  expect((await on.meter.remaining(budget)).spent).toBe(bill);
  const ofLarge = 10_000 * (usage?.input ?? 0) + 20_000 * (usage?.output ?? 0);
  expect(saved).toBe(ofLarge - bill);
  expect(saved).toBeLessThan(0);
  expect(decisions).toContainEqual(
    expect.objectContaining({ outcome: 'priced', spent: bill, dearest: { model: 'large', cost: ofLarge } }),
  );
});

test('the report says what was saved, also if that is less than nothing, beside one fixed model', async () => {
  const file = path();
  await start({}, { path: file });
  on.provider.script({ model: 'small' }, [{ text: '{"label":"good"}' }, { text: 'Good.' }]);
  on.provider.script({ model: 'large' }, { text: '{"label":"bad"}' });
  await chat(labelled);
  await chat(labelled);
  const costs = on.calls.map(({ cost }) => cost?.amount ?? 0);
  await on.meter.close();
  let text = '';
  const out = (more: string): void => {
    text += more;
  };
  const io = { out, err: out, now: new Date(), isTerminal: false, width: Number.POSITIVE_INFINITY, env: {} };
  expect(await main(['report', file, '--json'], io)).toBe(0);
  const [row] = JSON.parse(text).routing;
  const spent = (costs[0] ?? 0) + (costs[1] ?? 0);
  expect(row).toMatchObject({ feature: 'ask', calls: 2, escalated: 1, cost: spent / 1e9 });
  expect(row.saved).toBeCloseTo(row.dearest - spent / 1e9, 12);
  expect(row.dearest).toBeCloseTo(10 * row.cheapest, 12);
  text = '';
  expect(await main(['report', file], io)).toBe(0);
  expect(text).toMatch(
    /routed +calls +escalated +cost +dearest tier alone +saved +cheapest tier alone\nask +2 +50% +\$/,
  );
});

test('a stream is only begun when its answer is accepted; one that breaks off in the middle is never seen', async () => {
  await start();
  on.provider.script({ model: 'small' }, [
    { text: 'Half of it', chunks: 4, fault: { kind: 'disconnect', at: 'middle' } },
    { text: 'A short answer', chunks: 4 },
  ]);
  on.provider.script({ model: 'large' }, { text: 'The whole answer', chunks: 4 });
  const stream = async (): Promise<string> => {
    const events = await inRun(async () =>
      collect(await on.metered.openai.chat.completions.create({ ...question(), stream: true })),
    );
    return events.map(({ choices }) => choices[0]?.delta.content ?? '').join('');
  };
  expect(await stream()).toBe('The whole answer');
  expect(reasons()[0]).toMatch(/^it failed: /);
  expect(await stream()).toBe('A short answer');
  const message = await inRun(() =>
    on.metered.anthropic.messages.stream({ ...question('And now?'), max_tokens: 50 }).finalMessage(),
  );
  expect(message.model).toBe('small');
  expect(asked()).toEqual(['small', 'large', 'small', 'small']);
});

test('the model is down: its connection ends before the answer begins', async () => {
  await start();
  on.provider.script({ model: 'small' }, { fault: { kind: 'disconnect', at: 'start' } });
  on.provider.script({ model: 'large' }, { text: 'Here.' });
  expect(await textOf()).toBe('Here.');
  expect(reasons()[0]).toMatch(/^it failed: /);
});

/** As OpenAI answers a request with `logprobs`. */
const surely = (probability: number): Step => ({
  body: {
    content: JSON.stringify({
      id: 'chatcmpl-1',
      object: 'chat.completion',
      created: 1,
      model: 'small',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: 'Yes.', refusal: null },
          logprobs: { content: [{ token: 'Yes', logprob: Math.log(probability), bytes: null, top_logprobs: [] }] },
          finish_reason: 'stop',
        },
      ],
      usage: { prompt_tokens: 10, completion_tokens: 1, total_tokens: 11 },
    }),
  },
});

test('confidence is read from log-probabilities, which the application does not see unless it asked for them', async () => {
  await start({ confidence: 0.8 });
  on.provider.script({ model: 'small' }, [surely(0.9), surely(0.5), { text: 'Without any.' }, surely(0.9)]);
  on.provider.script({ model: 'large' }, { text: 'Certainly.' });
  const { choices } = await chat();
  expect(choices[0]).toMatchObject({ message: { content: 'Yes.' }, logprobs: null });
  expect(on.provider.calls[0]?.json).toMatchObject({ model: 'small', logprobs: true });
  expect(reasons()).toEqual(['accepted: well-formed, confidence 0.90']);
  expect(await textOf()).toBe('Certainly.');
  expect(reasons()[0]).toBe('confidence 0.50, below 0.8');
  expect(on.provider.calls[2]?.json).not.toHaveProperty('logprobs');
  expect(await textOf()).toBe('Certainly.');
  expect(reasons()[0]).toBe('it has no log-probabilities');
  const own = await chat({ ...question(), logprobs: true });
  expect(own.choices[0]?.logprobs?.content?.[0]?.token).toBe('Yes');
});

test('a model whose format has no log-probabilities is not asked, because nothing could be said of its answer', async () => {
  await start({ confidence: 0.8 });
  const { model } = await inRun(() => on.metered.anthropic.messages.create({ ...question(), max_tokens: 50 }));
  expect(model).toBe('large');
  expect(asked()).toEqual(['large']);
  expect(reasons()[0]).toBe('small cannot be checked: anthropic-messages has no log-probabilities');
});

test.each([
  ['the same words', 'It is the 3rd door.', 'The 3rd door, it is!', true],
  ['another number', 'It is the 3rd door.', 'It is the 4th door.', false],
  ['other words', 'It is red.', 'Nobody can know.', false],
  ['equal JSON', '{"a":1,"b":2}', '{"b":2, "a":1}', true],
  ['other JSON', '{"a":1,"b":2}', '{"a":2,"b":1}', false],
])('a second answer with %s', async (_, first, second, isAccepted) => {
  await start({ agreement: 0.8 });
  on.provider.script({ model: 'small' }, [{ text: first }, { text: second }]);
  on.provider.script({ model: 'large' }, { text: 'Certainly.' });
  expect(await textOf()).toBe(isAccepted ? first : 'Certainly.');
  expect(asked()).toEqual(isAccepted ? ['small', 'small'] : ['small', 'small', 'large']);
  expect(last().attempts).toBe(asked().length);
  expect(reasons()[0]).toMatch(/a second answer agrees to \d+%$/);
});

test.each([
  ['yes', 'small', 'accepted: well-formed, the verifier'],
  ['No, it is wrong.', 'large', 'the verifier finds it wrong'],
  ['Perhaps', 'large', 'the verifier gave no clear verdict'],
])('a verifier that says %j', async (verdict, answers, reason) => {
  await start({ verifier: 'judge' }, { prices: [...PRICES, { model: 'judge', input: 0.1, output: 0.2 }] });
  on.provider.script({ model: 'judge' }, { text: verdict });
  on.provider.script({ model: 'small' }, { text: 'The answer of the small one.' });
  const { model } = await chat(question('What is the sea?'));
  expect(model).toBe(answers);
  expect(reasons()[0]).toBe(reason);
  const judged = on.provider.calls.find((call) => call.model === 'judge');
  expect(JSON.stringify(judged?.json)).toContain('The answer of the small one.');
  expect(JSON.stringify(judged?.json)).toContain('What is the sea?');
  expect(last().attempts).toBe(on.provider.calls.length);
});

test('a verifier that fails accepts nothing', async () => {
  await start({ verifier: 'judge' });
  on.provider.script({ model: 'judge' }, { error: { status: 503 } });
  expect((await chat()).model).toBe('large');
  expect(reasons()[0]).toBe('the verifier failed (status 503)');
});

test('the application checks with a function of its own; one that throws accepts nothing', async () => {
  const seen: unknown[] = [];
  await start({
    check: async (answer) => {
      seen.push(answer);
      if (answer.text === 'throw') throw new Error('no');
      return answer.text === 'right';
    },
  });
  on.provider.script({ model: 'small' }, [{ text: 'right' }, { text: 'wrong' }, { text: 'throw' }]);
  on.provider.script({ model: 'large' }, { text: 'large' });
  expect([await textOf(), await textOf(), await textOf()]).toEqual(['right', 'large', 'large']);
  expect(seen[0]).toEqual({
    tier: 'simple',
    model: 'small',
    feature: 'ask',
    request: question(),
    text: 'right',
    calls: [],
  });
  expect(on.events).toContainEqual(expect.objectContaining({ type: 'layer-failed', layer: 'route' }));
});

test('at the deadline the last tier is asked, and the answer that is late is given up', async () => {
  await start({ deadline: 20 });
  on.provider.script({ model: 'small' }, { hold: 'start' });
  on.provider.script({ model: 'large' }, { text: 'Here.' });
  expect(await textOf()).toBe('Here.');
  expect(reasons()).toEqual(['not accepted within 0.02 s', 'it is the last tier']);
  await on.provider.until(([late]) => late?.outcome === 'aborted');
});

test('at the deadline an answer that is still being checked can be given, and is not kept for others', async () => {
  const cache = { mode: 'on', sampled: true } as const;
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  const check = (): Promise<boolean> => {
    vi.advanceTimersByTime(20);
    return new Promise(() => {});
  };
  await start({ deadline: 20, onDeadline: 'accept', check }, { cache });
  on.provider.script({ model: 'small' }, { text: 'Quick.' });
  expect(await textOf()).toBe('Quick.');
  expect(reasons()[0]).toBe('not accepted within 0.02 s, and given as it is');
  await textOf();
  expect(asked()).toEqual(['small', 'small']);
});

test('a budget without room for the first tier refuses the call: the next one would cost more', async () => {
  await start({}, { budgets: [{ per: 'total', window: 'day', dollars: 0.000001 }] });
  await expect(chat({ ...question(), max_completion_tokens: 10 })).rejects.toMatchObject({ status: 402 });
  expect(asked()).toEqual([]);
});

test('three tiers, the first of another provider and format', async () => {
  const other = await startFakeProvider();
  more = other.close;
  const { host } = new URL(other.url);
  on = await setUp({
    cache: { mode: 'off' },
    prices: [...PRICES, { model: 'tiny', input: 0.1, output: 0.2 }],
    hosts: { [`${host}/v1/messages`]: 'anthropic' },
    route: {
      mode: 'on',
      tiers: {
        complex: 'large',
        medium: 'small',
        simple: { model: 'tiny', baseURL: other.url, apiKey: 'other-key', format: 'anthropic-messages' },
      },
      cascade: { order: ['simple', 'medium', 'complex'] },
    },
    features: { ask: { tier: 'cascade' } },
  });
  other.script({ model: 'tiny' }, [{ text: '{"label":"good"}' }, { text: 'Good.' }, { text: '{"label":"good"}' }]);
  on.provider.script({ model: 'small' }, { text: '{"label":"bad"}' });
  const limited = { ...labelled, max_completion_tokens: 50 };
  const strict = {
    ...limited,
    response_format: {
      type: 'json_schema',
      json_schema: { name: 'label', strict: true, schema: { ...SCHEMA, additionalProperties: false } },
    },
  };
  expect(await textOf(strict)).toBe('{"label":"good"}');
  expect(last()).toMatchObject({ model: 'tiny', provider: 'anthropic' });
  expect(await textOf(strict)).toBe('{"label":"bad"}');
  expect(last()).toMatchObject({ model: 'small', attempts: 2 });
  const streamed = await inRun(() =>
    on.metered.openai.chat.completions.stream(strict as unknown as ReturnType<typeof question>).finalChatCompletion(),
  );
  expect(streamed.choices[0]?.message.content).toBe('{"label":"good"}');
  // A seed has no place in the other format: that tier is left out.
  await chat({ ...strict, seed: 7 });
  expect(last().model).toBe('small');
  expect(reasons()[0]).toBe('tiny cannot be asked: anthropic-messages has no place for a seed');
});

test('in shadow mode the request is sent as it came, and nothing is checked', async () => {
  await start({}, { route: { tiers: { simple: 'small', complex: 'large' } } });
  await chat();
  expect(asked()).toEqual(['large']);
  expect(last().decisions).toMatchObject([{ outcome: 'routed', model: 'small', isShadow: true }]);
});

test('an order that names an unknown tier is an error', async () => {
  await start();
  const route = { tiers: { simple: 'small' }, cascade: { order: ['simple', 'huge'] } };
  await expect(setUp({ route })).rejects.toThrow('route.cascade.order names "huge", which is not one of the tiers.');
});
