/** The learned router, from examples in a file to the model that a request is sent to. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { main } from '../../runtime/src/cli/main.ts';
import type { RouterWeights } from '../../runtime/src/index.ts';
import { apgr, cheapest, curveOf } from '../../runtime/src/layers/route/learned/quality.ts';
import { createRouter } from '../../runtime/src/layers/route/learned/router.ts';
import { type SetUp, setUp } from './set-up.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'farthing-train-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const path = (name: string): string => join(folder, name);

async function command(...args: readonly string[]) {
  let [out, err] = ['', ''];
  const status = await main(args, {
    out: (text) => (out += text),
    err: (text) => (err += text),
    now: new Date(),
    isTerminal: false,
    width: Number.POSITIVE_INFINITY,
    env: {},
  });
  return { status, out, err };
}

/** The larger model is better at sums, and in one feature at proofs as well. */
function examples(count: number): string {
  const lines = Array.from({ length: count }, (_, index) => {
    const kind = index % 4;
    const feature = index % 8 < 4 ? 'lessons' : 'shop';
    const question = [
      `What is ${index} + ${index * 7} * 3?`,
      `Prove that lemma ${index} holds.`,
      `Where is my parcel ${index}?`,
      `Which colour has the bag of shop ${index}?`,
    ][kind];
    const isHard = kind === 0 || (kind === 1 && feature === 'lessons');
    return JSON.stringify({ feature, question, simple: !isHard, complex: true });
  });
  return `${lines.join('\n')}\n`;
}

async function trained(...more: readonly string[]): Promise<RouterWeights> {
  writeFileSync(path('examples.jsonl'), examples(800));
  const result = await command('train', path('examples.jsonl'), '--out', path('weights.json'), ...more);
  expect(result).toMatchObject({ status: 0, err: '' });
  return JSON.parse(readFileSync(path('weights.json'), 'utf8'));
}

async function routedBy(weights: RouterWeights, use: (on: SetUp) => Promise<unknown>): Promise<SetUp['calls']> {
  const on = await setUp({
    cache: { mode: 'off' },
    route: { mode: 'on', tiers: { simple: 'small', complex: 'large' }, learned: { weights } },
    features: { lessons: { tier: 'auto' }, shop: { tier: 'auto' } },
  });
  try {
    await use(on);
    return on.calls;
  } finally {
    await on.close();
  }
}

const ask = (on: SetUp, feature: string, ...contents: readonly string[]) =>
  on.meter.run({ feature }, () =>
    on.metered.openai.chat.completions.create({
      model: 'large',
      messages: contents.map((content, index) => ({ role: index % 2 === 0 ? 'user' : 'assistant', content })),
    }),
  );

test('what was learned chooses the model, by the words of a question and by its feature', async () => {
  const weights = await trained();
  const calls = await routedBy(weights, async (on) => {
    await ask(on, 'shop', 'What is 12 + 9 * 3?');
    await ask(on, 'shop', 'Where is my parcel 77?');
    await ask(on, 'lessons', 'Prove that lemma 3 holds.');
  });
  expect(calls.map(({ model }) => model)).toEqual(['large', 'small', 'large']);
  const reasons = calls.map(({ decisions }) => decisions.find(({ layer }) => layer === 'route')?.reason);
  expect(reasons[0]).toMatch(/^expected gain \d+\.\d%, at least \d+\.\d%$/);
  expect(reasons[1]).toMatch(/^expected gain -?\d+\.\d%, below \d+\.\d%$/);
  const gains = createRouter(weights);
  const proof = 'Prove that lemma 3 holds.';
  expect(gains.gain(proof, 'lessons')).toBeGreaterThan(gains.gain(proof, 'shop'));
});

test('a conversation is left to the rules: its last question depends on what was said before', async () => {
  const calls = await routedBy(await trained(), (on) => ask(on, 'shop', 'What is 1 + 1?', '2', 'Translate it.'));
  expect(calls[0]?.decisions).toContainEqual(expect.objectContaining({ reason: 'it contains "Translate"' }));
});

test('the same examples give the same weights, and a smaller share to keep sends fewer questions to the larger model', async () => {
  const first = await trained();
  expect(await trained()).toEqual(first);
  const { threshold } = await trained('--keep', '0.3');
  expect(threshold).toBeGreaterThan(first.threshold);
});

test('the command says what the router would be worth', async () => {
  writeFileSync(path('examples.jsonl'), examples(800));
  const { out } = await command('train', path('examples.jsonl'), '--out', path('weights.json'));
  expect(out).toContain('800 examples, 2 features, tested on questions that it was not trained on');
  expect(out).toContain('simple alone        62.5% right');
  expect(out).toContain('complex alone       100.0% right');
  expect(Number(/APGR\)\s+(\d\.\d+)/.exec(out)?.[1])).toBeGreaterThan(0.75);
});

test.each([
  ['too few examples', examples(20), 'training needs at least 200 examples'],
  ['a line of another form', `${examples(300)}{"question": "What?"}\n`, 'examples.jsonl:301 is not an example'],
  ['no advantage', examples(300).replaceAll('"simple":false', '"simple":true'), 'the larger model is not better'],
])('%s is an error that says what to do', async (_, text, message) => {
  writeFileSync(path('examples.jsonl'), text);
  const { status, err } = await command('train', path('examples.jsonl'), '--out', path('weights.json'));
  expect(status).toBe(2);
  expect(err).toContain(message);
});

test('weights that were not written by the command are refused as an option', async () => {
  const weights = { ...(await trained()), bias: 'none' } as unknown as RouterWeights;
  await expect(routedBy(weights, async () => {})).rejects.toThrow(
    'route.learned.weights must be weights that `farthing-runtime train` wrote',
  );
});

test('the area under the curve is that of the order', () => {
  const outcomes = [1, 1, 0, 0].map((complex) => ({ feature: null, question: '', simple: 0, complex }));
  expect(apgr(curveOf(outcomes, [4, 3, 2, 1]))).toBe(0.75);
  expect(apgr(curveOf(outcomes, [1, 2, 3, 4]))).toBe(0.25);
  expect(apgr(curveOf(outcomes, [0, 0, 0, 0]))).toBe(0.5);
  expect(cheapest(curveOf(outcomes, [4, 3, 2, 1]), 0.5)).toEqual({ share: 0.25, recovered: 0.5, threshold: 4 });
});
