/**
 * A process is killed at every step of a batch, and another one goes on: each row is answered once, submitted once and
 * billed once. Where it is killed is where the provider holds its request, so that nothing depends on the time.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type BatchAnswer, sqliteStores } from '../../../runtime/src/index.ts';
import { priceTable } from '../../provider/log.ts';
import { type FakeProvider, startFakeProvider } from '../../provider/server.ts';
import { temporaryFiles } from '../../stores/temporary.ts';
import { collect } from '../../support/collect.ts';
import type { WorkerTask } from './worker.ts';

const { path } = temporaryFiles();
let provider: FakeProvider;
afterEach(() => provider.close());

const MODEL = 'gpt-4.1-mini';
const CLAUDE = 'claude-haiku-4-5';
/** More than are read from a result at once, so that a kill in the middle of it finds some of them recorded. */
const ROWS = 1300;
const MINUTE = 60_000;

const lines = {
  anthropic: (index: number) => ({
    custom_id: `row ${index}`,
    params: { model: CLAUDE, max_tokens: 40, messages: [{ role: 'user', content: `Question ${index}?` }] },
  }),
  openai: (index: number) => ({
    custom_id: `row ${index}`,
    url: '/v1/chat/completions',
    body: { model: MODEL, max_completion_tokens: 40, messages: [{ role: 'user', content: `Question ${index}?` }] },
  }),
};

const PRICES = priceTable({ [MODEL]: { input: 400, output: 1600 }, [CLAUDE]: { input: 1000, output: 5000 } });

function work(task: WorkerTask) {
  const child = fork(join(import.meta.dirname, 'worker.ts'), [JSON.stringify(task)], {
    execArgv: ['--conditions=farthing-source', '--no-warnings'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  return { child, gone: once(child, 'exit') };
}

const KILLS: readonly (readonly [string, WorkerTask['client'], string, 'start' | 'middle'])[] = [
  ['its lines are uploaded', 'openai', 'POST /v1/files', 'start'],
  ['it is created', 'openai', 'POST /v1/batches', 'start'],
  ['it runs', 'openai', 'GET /v1/batches/', 'start'],
  ['its results are read', 'openai', '/content', 'middle'],
  ['it is created', 'anthropic', 'POST /v1/messages/batches', 'start'],
  ['its results are read', 'anthropic', '/results', 'middle'],
  ['its files are deleted', 'openai', 'DELETE /v1/files', 'start'],
];

test.each(KILLS)(
  'killed while %s (%s)',
  async (_, client, where, hold) => {
    provider = await startFakeProvider();
    const task: WorkerTask = {
      path: path(),
      url: provider.url,
      client,
      ahead: 0,
      input: `${path()}.jsonl`,
      output: `${path()}.out`,
      maxRows: 800,
    };
    const rows = Array.from({ length: ROWS }, (_, index) => lines[client](index));
    writeFileSync(task.input, rows.map((row) => JSON.stringify(row)).join('\n'));
    provider.script({ path: where }, [{ hold }]);
    const first = work(task);
    await provider.until((calls) => calls.some(({ isHeld }) => isHeld));
    first.child.kill('SIGKILL');
    await first.gone;
    provider.release();
    expect(existsSync(task.output)).toBe(false);

    const second = work({ ...task, ahead: MINUTE });
    expect(await second.gone).toEqual([0, null]);
    const answers = readFileSync(task.output, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as BatchAnswer);
    expect(answers.map(({ id }) => id).sort()).toEqual(rows.map((row) => row.custom_id).sort());
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(provider.lines).toHaveLength(ROWS);
    expect([...provider.batches.all.values()].map(({ lines: { length } }) => length)).toEqual([800, 500]);
    expect(provider.batches.files.size).toBe(0);

    const stores = sqliteStores({ path: task.path });
    const ledger = await collect(stores.ledger.rows());
    await stores.close();
    const cost = ledger.reduce((sum, row) => sum + (row.cost ?? Number.NaN), 0);
    expect(ledger).toHaveLength(ROWS);
    expect(cost).toBe(provider.spend(PRICES));
  },
  300_000,
);
