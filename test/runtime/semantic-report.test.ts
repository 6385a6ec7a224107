/** What `report --semantic` says of calls in shadow mode. */
import { afterEach, expect, test } from 'vitest';
import { main } from '../../runtime/src/cli/main.ts';
import type { Decision } from '../../runtime/src/core/decision.ts';
import { type LedgerRow, lexicalEmbedder, sqliteStores } from '../../runtime/src/index.ts';
import { temporaryFiles } from '../stores/temporary.ts';
import { type SetUp, setUp } from './set-up.ts';

const { path } = temporaryFiles();
let on: SetUp | null = null;
afterEach(async () => {
  await on?.close();
  on = null;
});

async function report(file: string, ...args: string[]): Promise<string> {
  let text = '';
  const out = (more: string): void => {
    text += more;
  };
  const io = { out, err: out, now: new Date(), isTerminal: false, width: 100, env: {} };
  expect(await main(['report', file, '--semantic', ...args], io)).toBe(0);
  return text;
}

test('calls in shadow mode are compared with the real answers, and no question is in the ledger', async () => {
  const file = path();
  on = await setUp({ path: file, cache: { mode: 'on', semantic: { embedder: lexicalEmbedder() } } });
  on.provider.script(['Open it.', 'Open it.', 'Close it.', '2020.', '2021.'].map((text) => ({ text })));
  const questions = ['How do I cancel my plan?', 'How can I cancel my plan?', 'Please, how can I cancel my plan?'];
  for (const content of [...questions, 'Which laws came before 2020?', 'Which laws came after 2020?']) {
    const messages = [{ role: 'user' as const, content }];
    await on.metered.openai.chat.completions.create({ model: 'small', messages, temperature: 0 });
    await on.meter.flush();
  }
  const saving = on.calls.flatMap(({ decisions }) => decisions).reduce((sum, one) => sum + savingOf(one), 0);
  expect(saving).toBeGreaterThan(0);
  await on.meter.close();
  const text = await report(file);
  expect(text).toContain('5 calls, 0 answered by the semantic cache');
  expect(text).toContain('it had an answer for 2 calls, which would have saved $');
  expect(text).toContain('1 the same, 1 different, 0 that cannot be compared');
  expect(text).toContain('wrong, if every different answer is: 50.0% (95%: 9.5% to 90.5%)');
  expect(text).toContain('advice: stay in shadow mode.');
  expect(text).toMatch(/the nearest question is not the same: their scope differs +1 +0\.\d{3}\n/);
  expect(text).not.toMatch(/plan|laws/);
  const json = JSON.parse(await report(file, '--json'));
  expect(json).toMatchObject({ schema: 1, calls: 5, compared: { same: 1, different: 1, unknown: 0 }, advice: null });
  expect(json.saving).toBeCloseTo(saving / 1e9, 12);
  // The ordinary report counts the calls with an answer alone.
  expect(await ordinary(file)).toContain('in shadow mode, semantic-cache would have acted on 2 of 5 calls');
});

async function ordinary(file: string): Promise<string> {
  let text = '';
  const out = (more: string): void => {
    text += more;
  };
  await main(['report', file], { out, err: out, now: new Date(), isTerminal: false, width: 100, env: {} });
  return text;
}

function savingOf(decision: Decision): number {
  return decision.outcome === 'compared' ? (decision.saving ?? 0) : 0;
}

test('the advice is the least similarity with few wrong answers', async () => {
  const file = path();
  const stores = sqliteStores({ path: file });
  const compared = (similarity: number, agreement: 'same-text' | 'different-text', count: number) =>
    Array.from({ length: count }, () => ({ similarity, agreement }));
  const all = [
    ...compared(0.95, 'same-text', 40),
    ...compared(0.9, 'same-text', 60),
    ...compared(0.9, 'different-text', 1),
    ...compared(0.85, 'different-text', 3),
    ...compared(0.8, 'same-text', 10),
  ];
  await stores.ledger.append(
    all.map(({ similarity, agreement }, index) =>
      rowWith(index, {
        layer: 'semantic-cache',
        outcome: 'compared',
        isShadow: true,
        reason: null,
        similarity,
        agreement,
        saving: 1_000_000,
      }),
    ),
  );
  await stores.close();
  const text = await report(file);
  expect(text).toContain('which would have saved $0.114');
  expect(text).toContain(
    'advice: minSimilarity: 0.9. From there on 1.0% (95%: 0.2% to 5.4%) of 101 answers were different',
  );
  expect(await report(file, '--since', '2030-01-01')).toContain('No answer was compared in shadow mode.');
});

function rowWith(index: number, decision: Decision): LedgerRow {
  return {
    id: `call-${index}`,
    at: Date.UTC(2026, 10, 20),
    feature: 'faq',
    user: null,
    tenant: null,
    callSite: null,
    provider: 'openai',
    endpoint: 'openai-chat',
    model: 'small',
    servedModel: 'small',
    status: 200,
    origin: 'provider',
    inputTokens: 10,
    cachedInputTokens: 0,
    cacheWriteTokens: 0,
    outputTokens: 10,
    reasoningTokens: 0,
    cost: 1_000_000,
    costBasis: 'measured',
    saved: null,
    savedBy: {},
    latency: 1,
    firstByte: 1,
    attempts: 1,
    decisions: [decision],
    prompt: null,
  };
}
