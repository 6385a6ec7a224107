/** What users say of answers from the semantic cache, and what is forgotten. */
import { afterEach, expect, test, vi } from 'vitest';
import { type Embedder, memoryStores, openaiEmbedder } from '../../runtime/src/index.ts';
import type { SemanticOptions } from '../../runtime/src/layers/answer-cache/semantic/options.ts';
import { startFakeProvider } from '../provider/server.ts';
import { type SetUp, setUp } from './set-up.ts';

let on: SetUp;
afterEach(async () => {
  vi.useRealTimers();
  await on.close();
});

/** The similarity of any two texts is 0.8. */
function alikeEmbedder(): Embedder {
  let count = 0;
  const next = (): number[] => {
    const vector = Array.from({ length: 100 }, () => 0);
    vector[++count] = 1;
    return [2, ...vector];
  };
  return { name: 'alike', embed: async (texts) => texts.map(next) };
}

const start = async (semantic: Partial<SemanticOptions> = {}, stores = memoryStores()): Promise<void> => {
  on = await setUp({ cache: { mode: 'on', semantic: { mode: 'on', embedder: alikeEmbedder(), ...semantic } }, stores });
};

const ask = async (content: string, context: object = {}): Promise<string> => {
  await on.meter.run(context, () =>
    on.metered.openai.chat.completions.create({
      model: 'small',
      messages: [{ role: 'user', content }],
      temperature: 0,
    }),
  );
  await on.meter.flush();
  return on.calls.at(-1)?.origin ?? '';
};

const lastId = (): string => on.calls.at(-1)?.id ?? '';
const reasons = (): string =>
  (on.calls.at(-1)?.decisions ?? []).map(({ layer, reason }) => `${layer}: ${reason}`).join('\n');

test('a bad answer is removed, its pair is never served again, and a good word takes that back', async () => {
  await start();
  await ask('How do I cancel my subscription?');
  expect(await ask('How can I cancel my subscription?')).toBe('semantic-cache');
  const served = lastId();
  expect(await on.meter.feedback(served, 'bad')).toBe(true);
  // The answer is gone, for its own question too.
  expect(await ask('How do I cancel my subscription?')).toBe('provider');
  expect(await ask('How can I cancel my subscription, please?')).toBe('provider');
  expect(reasons()).toContain('this pair was wrong before');
  expect(await on.meter.feedback(served, 'good')).toBe(true);
  expect(await ask('Hello, how can I cancel my subscription?')).toBe('semantic-cache');
});

test('wrong answers raise the bound of their space, and of no other', async () => {
  await start();
  const instructed = (content: string, system: string) =>
    on.metered.openai.chat.completions
      .create({
        model: 'small',
        messages: [
          { role: 'system', content: system },
          { role: 'user', content },
        ],
        temperature: 0,
      })
      .then(() => on.meter.flush())
      .then(() => on.calls.at(-1)?.origin);
  const subjects = ['order', 'invoice', 'password', 'address'];
  for (const subject of subjects) {
    for (const system of ['Be brief.', 'Be kind.']) await instructed(`How do I change my ${subject}?`, system);
  }
  for (const subject of subjects.slice(0, 3)) {
    expect(await instructed(`How can I change my ${subject}?`, 'Be brief.')).toBe('semantic-cache');
    await on.meter.feedback(lastId(), 'bad');
  }
  // 0.5, 0.75, and then as near as the pair was.
  expect(await instructed('How can I change my address?', 'Be brief.')).toBe('provider');
  expect(reasons()).toContain('wrong answers have raised the bound here');
  expect(await instructed('How can I change my address?', 'Be kind.')).toBe('semantic-cache');
});

test('feedback is taken for every call whose answer is cached, in another process too', async () => {
  const stores = memoryStores();
  await start({}, stores);
  await ask('What is inflation?');
  const paid = lastId();
  expect(await ask('What is inflation?')).toBe('exact-cache');
  const other = await setUp({ cache: { mode: 'on', semantic: { embedder: alikeEmbedder() } }, stores });
  expect(await other.meter.feedback(lastId(), 'bad')).toBe(true);
  expect(await ask('What is inflation?')).toBe('provider');
  expect(await other.meter.feedback(paid, 'bad')).toBe(true);
  expect(await ask('What is inflation?')).toBe('provider');
  expect(await other.meter.feedback('unknown', 'bad')).toBe(false);
  await other.close();
});

test('a user who asks again at once is answered by the provider, and the pair is not served to others', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  await start();
  const [ada, bob] = [{ user: 'ada' }, { user: 'bob' }];
  await ask('How do I cancel my subscription?');
  expect(await ask('How can I cancel my subscription?', ada)).toBe('semantic-cache');
  expect(await ask('Which laws were passed in 2020?', ada)).toBe('provider');
  expect(await ask('How do I cancel my subscription?', ada)).toBe('provider');
  expect(reasons()).toContain('its caller asks the same again');
  expect(await ask('How can I cancel my subscription, please?', bob)).toBe('provider');
  expect(reasons()).toContain('this pair was wrong before');
});

test('later, or in the name of another user, the same question is not asked again', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  await start({ reask: 1000 });
  await ask('How do I cancel my subscription?');
  expect(await ask('How can I cancel my subscription?', { user: 'ada' })).toBe('semantic-cache');
  expect(await ask('How can I cancel my subscription?', { user: 'bob' })).toBe('semantic-cache');
  vi.advanceTimersByTime(1001);
  expect(await ask('How can I cancel my subscription?', { user: 'ada' })).toBe('semantic-cache');
  expect(await ask('How can I cancel my subscription?')).toBe('semantic-cache');
  expect(await ask('How can I cancel my subscription?')).toBe('semantic-cache');
});

test('a private call is neither kept nor looked up, in any way', async () => {
  const stores = memoryStores();
  await start({}, stores);
  const isPrivate = { noStore: true };
  expect(await ask('What is inflation?', isPrivate)).toBe('provider');
  expect(reasons()).toBe('exact-cache: the call is private (noStore)');
  expect(await ask('What is inflation?', isPrivate)).toBe('provider');
  expect(await on.meter.purge()).toBe(0);
  expect(await ask('What is inflation?')).toBe('provider');
  expect(await ask("What's inflation?", isPrivate)).toBe('provider');
  expect(await on.meter.purge()).toBe(1);
});

test('the answer of an earlier version of the model is not served', async () => {
  await start();
  on.provider.script([
    { text: 'Old.', servedModel: 'small-1' },
    { text: 'New.', servedModel: 'small-2' },
  ]);
  await ask('What is inflation?');
  await ask('Where is my order?');
  expect(await ask("What's inflation?")).toBe('provider');
});

test('questions of another embedder are not compared', async () => {
  const stores = memoryStores();
  await start({}, stores);
  await ask('What is inflation?');
  const other = await setUp({
    cache: { mode: 'on', semantic: { mode: 'on', embedder: { ...alikeEmbedder(), name: 'alike 2' } } },
    stores,
  });
  await other.metered.openai.chat.completions.create({
    model: 'small',
    messages: [{ role: 'user', content: "What's inflation?" }],
    temperature: 0,
  });
  expect(other.calls).toMatchObject([{ origin: 'provider' }]);
  await other.close();
});

test('what is forgotten can be chosen', async () => {
  await start();
  const faq = { feature: 'faq', tenant: 'a' };
  await ask('How do I cancel my subscription?', faq);
  await ask('How do I cancel my paid subscription?', faq);
  await ask('Where is my order?', { feature: 'chat', tenant: 'a' });
  await ask('Where is my order?', { feature: 'chat', tenant: 'b' });
  expect(await on.meter.purge({ similarTo: 'How can I cancel my subscription?', tenant: 'b' })).toBe(0);
  expect(await on.meter.purge({ similarTo: 'How can I cancel my subscription?' })).toBe(2);
  expect(await on.meter.purge({ feature: 'chat', tenant: 'b' })).toBe(1);
  expect(await ask('Where is my order?', { feature: 'chat', tenant: 'a' })).toBe('exact-cache');
  expect(await on.meter.purge({ model: 'large' })).toBe(0);
  expect(await ask("Where's my order?", { feature: 'chat', tenant: 'a' })).toBe('semantic-cache');
  const entry = on.events.flatMap((event) => (event.type === 'similar' ? [event.entry] : [])).at(-1) ?? '';
  expect(await on.meter.purge({ entry })).toBe(1);
  expect(await on.meter.purge({ entry })).toBe(0);
  expect(await ask('Where is my order?', { feature: 'chat', tenant: 'a' })).toBe('provider');
  expect(await on.meter.purge({ model: 'small' })).toBe(1);
  await ask('Where is my order?', faq);
  expect(await on.meter.purge({ tenant: 'a' })).toBe(1);
});

test('a saving is less by what the embedding cost, and a miss costs it', async () => {
  const provider = await startFakeProvider();
  on = await setUp({
    cache: {
      mode: 'on',
      semantic: {
        mode: 'on',
        embedder: openaiEmbedder({ baseURL: `${provider.url}/v1`, model: 'small', apiKey: 'test-key' }),
      },
    },
  });
  await ask('What is inflation?');
  const embedded = (provider.calls[0]?.billed?.inputTokens ?? 0) * 1000;
  expect(embedded).toBeGreaterThan(0);
  const cost = on.calls[0]?.cost?.amount ?? 0;
  expect(on.calls[0]).toMatchObject({ saved: -embedded, savedBy: { 'semantic-cache': -embedded } });
  await ask("What's inflation?");
  const again = (provider.calls[1]?.billed?.inputTokens ?? 0) * 1000;
  expect(on.calls[1]).toMatchObject({ origin: 'semantic-cache', saved: cost - again, cost: { amount: 0 } });
  await ask('What is inflation?');
  expect(on.calls[2]).toMatchObject({ origin: 'exact-cache', saved: cost });
  await provider.close();
});

test('what an embedding of unknown price saves is unknown', async () => {
  const usage = { url: 'http://local/v1/embeddings', model: 'unheard-of', tokens: 7 };
  await start({ embedder: { name: 'paid', embed: async (texts) => ({ vectors: texts.map(() => [1]), usage }) } });
  await ask('What is inflation?');
  expect(await ask("What's inflation?")).toBe('semantic-cache');
  expect(on.calls[1]?.saved).toBeNull();
});
