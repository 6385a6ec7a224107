/**
 * `npm run bench -- batch [ROWS]`: a file of rows goes through batches that expire, fail in part and repeat results, while
 * the process that works on it is killed again and again. Prints whether each row was answered once and billed once, what
 * was paid, and the memory of the process beside that for a tenth of the rows.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { linesOf } from '../runtime/src/batch/lines.ts';
import { sqliteStores } from '../runtime/src/stores/sqlite/sqlite.ts';
import { root } from '../scripts/lib/root.ts';
import { priceTable } from '../test/provider/log.ts';
import { type FakeProvider, startFakeProvider } from '../test/provider/server.ts';
import type { WorkerTask } from '../test/runtime/batch/worker.ts';

const MODEL = 'gpt-4.1-mini';
const PRICES = priceTable({ [MODEL]: { input: 400, output: 1600 } });
/** One row in so many is refused, and for one in so many the provider is busy, so that it is submitted again. */
const WRONG = 97;
const BUSY = 89;
/** The requests during which the process is killed, in order. */
const KILLS = ['POST /v1/files', 'POST /v1/batches', 'GET /v1/batches/', '/content', 'DELETE /v1/files', '/content'];
const MINUTE = 60_000;

interface Run {
  readonly rows: number;
  readonly answers: number;
  readonly distinct: number;
  readonly refused: number;
  readonly batches: number;
  readonly kills: number;
  readonly ledgerRows: number;
  readonly ledgerCost: number;
  readonly billedLines: number;
  readonly billed: number;
  /** Bytes: the most that one of the processes had. */
  readonly memory: number;
  readonly seconds: number;
}

export async function benchBatch(rows = 200_000): Promise<void> {
  const small = await run(Math.max(1, Math.round(rows / 10)));
  const large = await run(rows);
  const number = (value: number): string => value.toLocaleString('en');
  const line = (name: string, of: (run: Run) => string): void =>
    console.log(`${name.padEnd(34)}${of(small).padStart(16)}${of(large).padStart(16)}`);
  console.log('\nBatches that expire, fail in part and repeat results; the process is killed and started again\n');
  line('rows', (one) => number(one.rows));
  line('answers', (one) => number(one.answers));
  line('rows answered', (one) => number(one.distinct));
  line('of these with an error', (one) => number(one.refused));
  line('batches', (one) => number(one.batches));
  line('processes killed', (one) => number(one.kills));
  line('rows of the ledger', (one) => number(one.ledgerRows));
  line('lines that the provider billed', (one) => number(one.billedLines));
  line('cost by the ledger, nano-dollars', (one) => number(one.ledgerCost));
  line('cost by the provider', (one) => number(one.billed));
  line('peak memory of a process, MB', (one) => (one.memory / 1e6).toFixed(0));
  line('seconds', (one) => one.seconds.toFixed(0));
  console.log(`\nmemory for ten times the rows: ${(large.memory / small.memory).toFixed(2)} times`);
}

async function run(rows: number): Promise<Run> {
  const folder = mkdtempSync(join(tmpdir(), 'farthing-bench-'));
  const provider = await startFakeProvider({ quick: true });
  try {
    const began = performance.now();
    provider.script({ text: 'wrong' }, { error: { status: 400, message: 'This row is wrong.' } });
    const busy = Array.from({ length: Math.floor((rows - 1) / BUSY) }, () => ({ error: { status: 429 } }));
    provider.script({ text: 'busy' }, busy);
    provider.batches.plan([{ expired: 0.3, twice: 50 }, {}, { expired: 0.1 }]);
    const input = join(folder, 'rows.jsonl');
    await writeRows(input, rows);
    const task: WorkerTask = {
      path: join(folder, 'farthing.db'),
      url: provider.url,
      client: 'openai',
      ahead: 0,
      input,
      output: join(folder, 'answers.jsonl'),
      maxRows: 50_000,
    };
    let memory = 0;
    let kills = 0;
    for (const path of KILLS) {
      provider.script({ path }, [{ hold: path === '/content' ? 'middle' : 'start' }]);
      const worker = start({ ...task, ahead: kills * MINUTE });
      const isHeld = provider.until((calls) => calls.some((call) => call.isHeld)).then(() => true);
      if (!(await Promise.race([isHeld, worker.gone.then(() => false)]))) throw new Error(`It ended before ${path}.`);
      memory = Math.max(memory, peakOf(worker.child.pid));
      worker.child.kill('SIGKILL');
      await worker.gone;
      provider.release();
      kills++;
    }
    const last = start({ ...task, ahead: kills * MINUTE });
    last.child.on('message', (peak: number) => {
      memory = Math.max(memory, peak);
    });
    const [status] = await last.gone;
    if (status !== 0) throw new Error(`The last process ended with status ${status}.`);
    const found = { ...(await answersIn(task.output)), ...(await ledgerIn(task.path)), ...billOf(provider) };
    const batches = provider.batches.all.size;
    return { rows, ...found, batches, kills, memory, seconds: (performance.now() - began) / 1000 };
  } finally {
    await provider.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function start(task: WorkerTask) {
  const child = fork(join(root, 'test', 'runtime', 'batch', 'worker.ts'), [JSON.stringify(task)], {
    execArgv: ['--conditions=farthing-source', '--no-warnings'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  return { child, gone: once(child, 'exit') };
}

async function writeRows(path: string, rows: number): Promise<void> {
  const file = createWriteStream(path);
  for (let index = 1; index <= rows; index++) {
    const kind = index % WRONG === 0 ? 'wrong' : index % BUSY === 0 ? 'busy' : 'usual';
    const content = `Is review ${index} (${kind}) positive or negative? It arrived on time and does what it should.`;
    const body = { model: MODEL, max_completion_tokens: 20, messages: [{ role: 'user', content }] };
    const row = JSON.stringify({ custom_id: `row-${index}`, url: '/v1/chat/completions', body });
    if (!file.write(`${row}\n`)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'close');
}

/** The highest resident memory so far, in bytes; 0 where the platform does not say. */
function peakOf(pid: number | undefined): number {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

async function answersIn(path: string) {
  const ids = new Set<string>();
  let answers = 0;
  let refused = 0;
  for await (const line of linesOf(createReadStream(path))) {
    const { id, status } = JSON.parse(line) as { id: string; status: number };
    answers++;
    refused += status === 200 ? 0 : 1;
    ids.add(id);
  }
  return { answers, distinct: ids.size, refused };
}

async function ledgerIn(path: string) {
  const stores = sqliteStores({ path });
  let ledgerRows = 0;
  let ledgerCost = 0;
  for await (const { cost } of stores.ledger.rows()) {
    ledgerRows++;
    ledgerCost += cost ?? Number.NaN;
  }
  await stores.close();
  return { ledgerRows, ledgerCost };
}

function billOf(provider: FakeProvider) {
  return { billedLines: provider.lines.length, billed: provider.spend(PRICES) };
}
