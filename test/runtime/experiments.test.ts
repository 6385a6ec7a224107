/** Experiments with the real SDKs: who gets the treatment, what is compared, and when it stops by itself. */
import { afterEach, expect, test } from 'vitest';
import { main } from '../../runtime/src/cli/main.ts';
import { createMeter, type MeterOptions, memoryStores } from '../../runtime/src/index.ts';
import type { ExperimentOptions } from '../../runtime/src/layers/experiment/options.ts';
import { temporaryFiles } from '../stores/temporary.ts';
import { type SetUp, setUp } from './set-up.ts';

const { path } = temporaryFiles();
const open: SetUp[] = [];
afterEach(async () => {
  for (const on of open.splice(0)) await on.close();
});

async function start(experiment: Partial<ExperimentOptions> = {}, options: MeterOptions = {}): Promise<SetUp> {
  const on = await setUp({
    cache: { mode: 'off' },
    deduplicate: 'off',
    experiments: {
      shorter: { mode: 'on', features: ['ask'], treatment: { model: 'small' }, share: 0.5, ...experiment },
    },
    ...options,
  });
  open.push(on);
  return on;
}

/** A call of one user, and how it ended. */
async function ask(on: SetUp, user: string | null, content = 'How is it?', feature = 'ask') {
  await on.meter.run({ feature, user }, () =>
    on.metered.openai.chat.completions.create({
      model: 'large',
      messages: [{ role: 'user', content }],
      temperature: 0,
    }),
  );
  await on.meter.flush();
  const call = on.calls.at(-1);
  const decision = call?.decisions.find(({ layer }) => layer === 'experiment');
  return { ...call, arm: decision?.outcome === 'assigned' ? decision.arm : decision?.outcome };
}

const users = (count: number): string[] => Array.from({ length: count }, (_, index) => `user-${index}`);

/** The calls of some users in turn, without waiting for what is written. */
async function askAll(on: SetUp, count: number, calls: number): Promise<void> {
  for (let call = 0; call < calls; call++) {
    await on.meter.run({ feature: 'ask', user: `user-${call % count}` }, () =>
      on.metered.openai.chat.completions.create({
        model: 'large',
        messages: [{ role: 'user', content: `How is it, ${call}?` }],
      }),
    );
  }
  await on.meter.flush();
}

const stops = (on: SetUp) => on.events.filter(({ type }) => type === 'experiment-stopped');
const armOf = (on: SetUp, index: number): string | undefined => {
  const decision = on.calls[index]?.decisions.find(({ outcome }) => outcome === 'assigned');
  return decision?.outcome === 'assigned' ? decision.arm : undefined;
};

async function report(...args: readonly string[]) {
  let [out, err] = ['', ''];
  const status = await main(['report', ...args], {
    out: (text) => (out += text),
    err: (text) => (err += text),
    now: new Date(),
    isTerminal: false,
    width: Number.POSITIVE_INFINITY,
    env: {},
  });
  return { status, out, err };
}

test('a user stays in one arm, in every process, and only the treatment is changed', async () => {
  const [one, other] = [await start(), await start()];
  const arms = new Map<string, string | undefined>();
  for (const user of users(20)) {
    const { arm, model } = await ask(one, user);
    arms.set(user, arm);
    expect(model).toBe(arm === 'treatment' ? 'small' : 'large');
  }
  expect(new Set(arms.values())).toEqual(new Set(['control', 'treatment']));
  for (const [user, arm] of arms) expect((await ask(other, user)).arm).toBe(arm);
  // A larger share keeps those who have the treatment.
  const larger = await start({ share: 0.9 });
  for (const [user, arm] of arms) if (arm === 'treatment') expect((await ask(larger, user)).arm).toBe('treatment');
});

test('calls without a user, of another feature, or that bypass the layers take no part', async () => {
  const on = await start({ share: 0.999 });
  expect(await ask(on, null)).toMatchObject({ arm: undefined, model: 'large' });
  expect(await ask(on, 'user-1', 'How is it?', 'other')).toMatchObject({ arm: undefined, model: 'large' });
  const bypassed = await on.meter.run({ bypass: true }, () => ask(on, 'user-1'));
  expect(bypassed).toMatchObject({ arm: undefined, model: 'large' });
  expect(await ask(on, 'user-1')).toMatchObject({ arm: 'treatment', model: 'small' });
});

test('tenants stay in one arm where they are what is assigned', async () => {
  const on = await start({ per: 'tenant' });
  const inTenant = (tenant: string, user: string) => on.meter.run({ tenant }, () => ask(on, user));
  for (const tenant of ['a', 'b', 'c', 'd', 'e']) {
    const { arm } = await inTenant(tenant, 'user-1');
    for (const user of users(4)) expect((await inTenant(tenant, user)).arm).toBe(arm);
  }
});

test.each(['exact-cache', 'semantic-cache'])(
  'arms do not share answers of the %s, calls within an arm do',
  async (layer) => {
    const embedder = { name: 'same', embed: async (texts: readonly string[]) => texts.map(() => [1, 0]) };
    const isExact = layer === 'exact-cache';
    const on = await start(
      { treatment: { model: 'large' } },
      { cache: { mode: 'on', ...(!isExact && { semantic: { mode: 'on', embedder } }) } },
    );
    const origins = new Map<string, (string | undefined)[]>();
    for (const [index, user] of users(12).entries()) {
      const question = isExact || index % 2 === 0 ? 'How do I cancel my order?' : 'How can I cancel my order?';
      const { arm = '', origin } = await ask(on, user, question);
      origins.set(arm, [...(origins.get(arm) ?? []), origin]);
    }
    expect([...origins.keys()].sort()).toEqual(['control', 'treatment']);
    for (const found of origins.values()) {
      const [first, ...others] = found;
      expect(first).toBe('provider');
      expect(others.length).toBeGreaterThan(1);
      expect(others).not.toContain('provider');
      expect(isExact || others.includes('semantic-cache')).toBe(true);
    }
  },
);

test('a refresh of a stale answer is asked of the model of its arm, and counts for nothing', async () => {
  const on = await start(
    { share: 0.999 },
    { cache: { mode: 'on', lifetime: 1, staleFor: 3_600_000 }, features: { ask: { model: 'large' } } },
  );
  await ask(on, 'user-1');
  await new Promise((resolve) => setTimeout(resolve, 5));
  await ask(on, 'user-1');
  // The refresh is a call too, which ends last.
  expect(on.calls.map(({ origin }) => origin)).toEqual(['provider', 'exact-cache', 'provider']);
  expect(on.provider.calls.map(({ model }) => model)).toEqual(['small', 'small']);
});

test('a treatment that costs more is stopped by itself, in this process and in others', async () => {
  const file = path();
  const dearer: Partial<ExperimentOptions> = { treatment: { model: 'dear' } };
  const prices = [
    { model: 'large', input: 10, output: 20 },
    { model: 'dear', input: 30, output: 60 },
  ];
  const on = await start(dearer, { path: file, prices });
  await askAll(on, 60, 400);
  expect(stops(on)).toEqual([
    {
      type: 'experiment-stopped',
      experiment: 'shorter',
      reason: expect.stringMatching(
        /^after \d+ calls with the treatment: its cost of a call is at least [12]\.\d\d times that of the control$/,
      ),
    },
  ]);
  // All calls are as they were before.
  const { model, arm } = await ask(on, users(60).find((_, index) => armOf(on, index) === 'treatment') ?? '');
  expect({ model, arm }).toEqual({ model: 'large', arm: 'stopped' });
  const treated = on.calls.filter((call) => call.model === 'dear').length;
  expect(treated).toBeLessThan(150);

  const later = await start(dearer, { path: file, prices });
  expect(await ask(later, 'user-1')).toMatchObject({ model: 'large', arm: 'stopped' });
  expect(stops(later)).toHaveLength(1);
  // A changed experiment begins anew.
  const changed = await start({ ...dearer, share: 0.6 }, { path: file, prices });
  expect((await ask(changed, 'user-1')).arm).not.toBe('stopped');
  await changed.meter.flush();
  expect((await report(file, '--experiment', 'shorter')).out).toMatch(/stopped after \d+ calls/);
});

test('what is tolerated does not stop it', async () => {
  const dear = await start(
    { treatment: { model: 'huge' }, tolerate: { cost: 20 } },
    {
      prices: [
        { model: 'large', input: 10, output: 20 },
        { model: 'huge', input: 100, output: 200 },
      ],
    },
  );
  await askAll(dear, 60, 200);
  expect(stops(dear)).toEqual([]);
});

test('an A/A run does not stop, in neither mode', async () => {
  for (const mode of ['on', 'shadow'] as const) {
    const file = path();
    const on = await start({ mode, treatment: { model: mode === 'on' ? 'large' : 'small' } }, { path: file });
    await askAll(on, 60, 400);
    for (const [index, { id }] of on.calls.entries()) if (index % 9 === 0) await on.meter.feedback(id, 'bad');
    expect(stops(on)).toEqual([]);
    expect(new Set(on.provider.calls.map(({ model }) => model))).toEqual(new Set(['large']));
    const { experiments } = JSON.parse((await report(file, '--experiment', '--json')).out);
    const [{ isShadow, comparisons, halves, arms, isUneven }] = experiments;
    expect({ isShadow, isUneven }).toEqual({ isShadow: mode === 'shadow', isUneven: false });
    expect(arms.map(({ calls }: { calls: number }) => calls).reduce((sum: number, one: number) => sum + one)).toBe(400);
    for (const interval of [...Object.values(comparisons), ...Object.values(halves)]) {
      if (interval === null) continue;
      const { low, high } = interval as { low: number; high: number | null };
      expect(low).toBeLessThanOrEqual(1);
      expect(high ?? Infinity).toBeGreaterThanOrEqual(1);
    }
  }
});

test('bad feedback stops a treatment that is cheaper, wherever it is given and without a semantic cache', async () => {
  const file = path();
  const on = await start({}, { path: file });
  const desk = await start({}, { path: file });
  for (let round = 0; round < 6 && stops(on).length + stops(desk).length === 0; round++) {
    const before = on.calls.length;
    await askAll(on, 60, 120);
    for (const [index, call] of on.calls.entries()) {
      if (index < before || call.model !== 'small' || index % 2 === 0) continue;
      expect(await desk.meter.feedback(call.id, 'bad')).toBe(true);
    }
    await desk.meter.flush();
  }
  expect(stops(desk)).toMatchObject([{ reason: expect.stringContaining('its share of bad feedback is at least') }]);
  const { out } = await report(file, '--experiment', 'shorter');
  expect(out).toMatch(/cost of a call +0\.10 +0\.\d\d to 0\.\d\d +lower\n +bad feedback +- +\d+\.\d\d to any +higher/);
  expect(await on.meter.feedback('no such call', 'bad')).toBe(false);
});

test('feedback can be changed, and is counted once', async () => {
  const file = path();
  const on = await start({ share: 0.999 }, { path: file });
  const { id = '' } = await ask(on, 'user-1');
  for (const said of ['bad', 'bad', 'good'] as const) await on.meter.feedback(id, said);
  await on.meter.flush();
  const [{ arms }] = JSON.parse((await report(file, '--experiment', '--json')).out).experiments;
  expect(arms[1]).toMatchObject({ arm: 'treatment', people: 1, calls: 1, good: 1, bad: 0 });
  expect(on.calls).toHaveLength(1);
  expect(await on.meter.report('feature')).toMatchObject([{ key: 'ask', calls: 1 }]);
});

test('a treatment that fails is stopped, whether the provider answers with errors or not at all', async () => {
  const on = await start({ tolerate: { cost: Infinity } });
  on.provider.script({ model: 'small' }, { error: { status: 500 } });
  for (let call = 0; call < 200 && stops(on).length === 0; call++) {
    await ask(on, `user-${call % 60}`).catch(() => {});
  }
  expect(stops(on)).toMatchObject([{ reason: expect.stringContaining('its share of failures is at least') }]);
});

test('a tier of the router can be the treatment', async () => {
  const on = await start(
    { treatment: { tier: 'cascade' } },
    { route: { mode: 'on', tiers: { simple: 'small', complex: 'large' } } },
  );
  for (const user of users(6)) {
    const { arm, model } = await ask(on, user);
    expect(model).toBe(arm === 'treatment' ? 'small' : 'large');
  }
  const named = await start({ treatment: { tier: 'simple' } }, { route: { mode: 'on', tiers: { simple: 'small' } } });
  for (const user of users(6)) {
    const { arm, decisions } = await ask(named, user);
    const routed = decisions?.find(({ layer }) => layer === 'route');
    expect(routed?.reason).toBe(arm === 'treatment' ? 'experiment "shorter" uses it' : undefined);
  }
});

test('without its store nobody is treated, and calls go on', async () => {
  const stores = memoryStores();
  const broken = () => {
    throw new Error('out of order');
  };
  const on = await start(
    { share: 0.999 },
    { stores: { ...stores, records: { ...stores.records, get: broken, claim: broken } } },
  );
  expect(await ask(on, 'user-1')).toMatchObject({ arm: 'skipped', model: 'large' });
  expect(on.events).toMatchObject([{ type: 'store-failed', layer: 'experiment', effect: 'open' }]);
});

test('two processes count together, and lose nothing', async () => {
  const file = path();
  const [one, other] = [await start({}, { path: file }), await start({}, { path: file })];
  await Promise.all([askAll(one, 30, 60), askAll(other, 30, 60)]);
  const third = createMeter({ path: file });
  const [{ arms }] = JSON.parse((await report(file, '--experiment', '--json')).out).experiments;
  expect(arms.reduce((sum: number, { calls }: { calls: number }) => sum + calls, 0)).toBe(120);
  await third.close();
});

test('the report lists what there is, and says what it does not find', async () => {
  const file = path();
  const on = await start({}, { path: file });
  await ask(on, 'user-1');
  expect(await report(file, '--experiment', 'other')).toMatchObject({
    status: 2,
    err: expect.stringContaining('no call was in the experiment "other"'),
  });
  const { out } = await report(file, '--experiment');
  expect(out).toContain('experiment "shorter"');
  expect(out).toContain('too little to compare');
});

const wrong =
  (experiments: object, options: MeterOptions = {}) =>
  () =>
    createMeter({ experiments, ...options } as MeterOptions);
const one = (more: object) => ({ a: { features: ['ask'], treatment: { model: 'small' }, ...more } });

test('experiments that cannot be are refused', () => {
  expect(wrong(one({ share: 1 }))).toThrow('experiments.a.share must be a number from 0.001 to 0.999; got 1.');
  expect(wrong(one({ features: [] }))).toThrow('experiments.a.features must name at least one.');
  expect(wrong(one({ treatment: {} }))).toThrow('experiments.a.treatment.model or tier must be set, and not both.');
  expect(wrong(one({ treatment: { modle: 'small' } }))).toThrow('Did you mean "model"?');
  expect(wrong(one({ treatment: { tier: 'auto' } }))).toThrow('experiments.a.treatment.tier must be a tier of route');
  const route = { tiers: { simple: 'small' } };
  expect(wrong(one({ treatment: { tier: 'simpel' } }), { route })).toThrow('"auto" or "cascade"; got "simpel".');
  expect(wrong(one({ mode: 'on', treatment: { tier: 'auto' } }), { route })).toThrow('needs route.mode "on"');
  expect(wrong({ ...one({}), b: one({}).a })).toThrow('experiments.b names the feature "ask", and so does a.');
  const { records: _, ...stores } = memoryStores();
  expect(wrong(one({}), { stores })).toThrow('experiments need stores that keep records');
  expect(wrong(one({ mode: 'off' }), { stores })).not.toThrow();
});
