/** One of four processes is killed in the middle of its calls: the others go on, and nothing that had ended is lost. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { sqliteStores } from '../../runtime/src/index.ts';
import { priceTable } from '../provider/log.ts';
import { type SetUp, setUp } from '../runtime/set-up.ts';
import { PATIENT } from '../stores/in-time.ts';
import { temporaryFiles } from '../stores/temporary.ts';
import { BUDGET, bodyOf, type CallerMessage, type CallerTask, LANES, SHARED_QUESTIONS } from './caller.ts';

const { path } = temporaryFiles();
let on: SetUp;
afterEach(() => on.close());

const priceOf = priceTable({ small: { input: 1000, output: 2000 } });
const LEASE = 2000;

function startCaller(task: CallerTask) {
  const child = fork(join(import.meta.dirname, 'caller.ts'), [JSON.stringify(task)], {
    execArgv: ['--conditions=farthing-source', '--no-warnings'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended: string[] = [];
  child.on('message', (ids: CallerMessage) => ended.push(...ids));
  return { child, ended, gone: once(child, 'exit') };
}

test('kill -9 of one of four processes in the middle of calls', async () => {
  const file = path();
  on = await setUp({
    stores: sqliteStores({ path: file, busyTimeout: PATIENT }),
    cache: { mode: 'on' },
    budgets: [BUDGET],
  });
  const answer = { outputTokens: 40, chunks: 20, chunkDelayMs: 3, delayMs: 10 };
  // After some calls the victim has one open in each of its lanes, and they stay open.
  on.provider.script({ text: 'of the victim' }, Array(10).fill(answer));
  on.provider.script({ text: 'of the victim' }, { ...answer, hold: 'middle' });
  on.provider.script(answer);
  const callers = ['the victim', 'one', 'two', 'three'].map((name) =>
    startCaller({ path: file, url: on.provider.url, lease: LEASE, name }),
  );
  const [victim, ...others] = callers as [(typeof callers)[0], ...typeof callers];
  await expect.poll(() => callers.every(({ ended }) => ended.length > 5)).toBe(true);
  await on.provider.until((calls) => calls.filter(({ isHeld }) => isHeld).length === LANES);
  victim.child.kill('SIGKILL');
  await victim.gone;
  await on.provider.until((calls) => calls.filter(({ outcome }) => outcome === 'aborted').length === LANES);
  const before = others.map(({ ended }) => ended.length);
  await expect
    .poll(() => others.every(({ ended }, index) => ended.length > (before[index] ?? 0) + SHARED_QUESTIONS))
    .toBe(true);
  for (const { child } of others) child.send('end');
  expect(await Promise.all(others.map(({ gone }) => gone))).toEqual(Array(3).fill([0, null]));
  await on.provider.idle();

  // What the victim had reserved is spent when its lease has run out.
  await expect.poll(() => on.meter.remaining(BUDGET)).toMatchObject({ reserved: 0 });
  const { spent } = await on.meter.remaining(BUDGET);
  expect(spent).toBeGreaterThanOrEqual(on.provider.spend(priceOf));
  const stores = sqliteStores({ path: file });
  const rows = new Set<string>();
  for await (const { id } of stores.ledger.rows()) rows.add(id);
  await stores.close();
  expect(callers.flatMap(({ ended }) => ended).filter((id) => !rows.has(id))).toEqual([]);

  // Whatever is kept is the whole answer.
  on.provider.reset();
  on.provider.script({ outputTokens: 40 });
  for (let question = 0; question < SHARED_QUESTIONS; question++) {
    const [metered, plain] = await Promise.all(
      [on.metered, on.plain].map(({ openai }) => openai.chat.completions.create(bodyOf(String(question)))),
    );
    const texts = [metered, plain].map((answer) => answer?.choices[0]?.message.content);
    expect(texts[0]).toBe(texts[1]);
  }
  expect(on.calls.filter(({ origin }) => origin === 'exact-cache').length).toBeGreaterThan(20);
});
