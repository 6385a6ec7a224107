/** Runs the budget test against one store: four processes, kills, aborts, failovers; the provider's log is the judge. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BudgetStore, ScopeState } from '../../runtime/src/stores/store.ts';
import { priceTable, type RecordedCall } from '../provider/log.ts';
import { startFakeProvider } from '../provider/server.ts';
import { openStores, type StoreAddress } from '../stores/open.ts';
import {
  BROKEN,
  createRandom,
  FAILING,
  OUTPUT_LIMIT,
  TOKEN_PRICES,
  type WorkerMessage,
  type WorkerTask,
} from './traffic.ts';

export interface SpendOptions {
  readonly address: StoreAddress;
  readonly calls: number;
  readonly processes: number;
  readonly dollars: number;
  readonly kills: number;
  readonly seed: number;
}

export interface Spend {
  readonly calls: number;
  readonly refused: number;
  readonly killed: number;
  readonly requests: number;
  /** Nano-dollars: the cap, what the provider's log adds up to, and what the store counts. */
  readonly cap: number;
  readonly spent: number;
  readonly counted: ScopeState;
  /** What was reserved for requests whose usage nobody could know (given up, broken, of a killed process), beyond what the provider billed for them. */
  readonly unknown: number;
  readonly largestReservation: number;
  readonly errors: readonly string[];
  readonly seconds: number;
}

const LEASE = 4000;
const PARALLEL = 12;
const priceOf = priceTable(TOKEN_PRICES);

export async function spendBudget({ address, calls, processes, dollars, kills, seed }: SpendOptions): Promise<Spend> {
  const began = performance.now();
  const provider = await startFakeProvider();
  misbehave(provider.script, seed);
  const stores = openStores(address);
  const budgets = stores.budgets as BudgetStore;

  let next = seed;
  const start = (count: number): Worker => {
    const task: WorkerTask = {
      url: provider.url,
      address,
      calls: count,
      parallel: PARALLEL,
      seed: next++,
      dollars,
      lease: LEASE,
    };
    return startWorker(task);
  };
  let workers = Array.from({ length: processes }, () => start(Math.floor(calls / processes)));
  const ended: Worker[] = [];
  let killed = 0;
  const killAt = (index: number): number => ((index + 1) * calls * 0.6) / (kills + 1);
  while (workers.some(({ isEnded }) => !isEnded())) {
    await sleep(20);
    const progress = [...workers, ...ended].reduce((sum, { done }) => sum + done(), 0);
    if (killed >= kills || progress < killAt(killed)) continue;
    const victim = workers.find(({ isEnded }) => !isEnded());
    if (victim === undefined) break;
    await victim.kill();
    killed++;
    ended.push(victim);
    workers = [...workers.filter((worker) => worker !== victim), start(Math.max(victim.left(), 1))];
  }
  await provider.idle();
  // Whatever is still reserved belongs to the killed: it counts in full when its lease has run out.
  if (killed > 0) await sleep(LEASE + 500);
  const scope = { key: 'total', window: 'month' as const, cap: dollars * 1e9 };
  const [counted] = await budgets.states([scope]);
  const spent = provider.spend(priceOf);
  const all = [...workers, ...ended];
  const bounds = provider.calls.map(boundOf);
  const result: Spend = {
    calls: all.reduce((sum, { done }) => sum + done(), 0),
    refused: all.reduce((sum, { refused }) => sum + refused(), 0),
    killed,
    requests: provider.calls.length,
    cap: scope.cap,
    spent,
    counted: counted as ScopeState,
    unknown: (counted as ScopeState).spent - spent,
    largestReservation: bounds.reduce((most, bound) => Math.max(most, bound), 0),
    errors: [...new Set(all.flatMap(({ errors }) => errors()))],
    seconds: (performance.now() - began) / 1000,
  };
  await stores.close();
  await provider.close();
  return result;
}

/** The most that a recorded request could cost: one token a byte, and its output limit. */
function boundOf({ body, model }: RecordedCall): number {
  const price = TOKEN_PRICES[model ?? ''];
  return price === undefined ? 0 : (body?.length ?? 0) * price.input + OUTPUT_LIMIT * price.output;
}

type Script = Awaited<ReturnType<typeof startFakeProvider>>['script'];

function misbehave(script: Script, seed: number): void {
  const random = createRandom(seed);
  script(() => random() < FAILING, { error: { status: 503, retryAfterMs: 1 } });
  script(() => random() < BROKEN / 3, { fault: { kind: 'disconnect', at: 'start' } });
  script(() => random() < BROKEN / 3, {
    outputTokens: OUTPUT_LIMIT,
    chunks: 10,
    fault: { kind: 'disconnect', at: 'middle' },
  });
  script(() => random() < BROKEN / 3, { outputTokens: OUTPUT_LIMIT, chunks: 10, fault: { kind: 'cut', at: 'middle' } });
  for (const share of [0.2, 0.4, 0.6, 0.8]) {
    script(() => random() < 0.25, {
      outputTokens: Math.round(OUTPUT_LIMIT * share),
      chunks: 6,
      chunkDelayMs: 1,
      delayMs: 1,
    });
  }
  script({}, { outputTokens: OUTPUT_LIMIT, chunks: 6 });
}

interface Worker {
  readonly done: () => number;
  readonly refused: () => number;
  readonly left: () => number;
  readonly errors: () => readonly string[];
  readonly isEnded: () => boolean;
  readonly kill: () => Promise<void>;
}

function startWorker(task: WorkerTask): Worker {
  const child: ChildProcess = fork(join(import.meta.dirname, 'worker.ts'), [JSON.stringify(task)], {
    execArgv: ['--conditions=farthing-source', '--no-warnings'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  let last: WorkerMessage = { type: 'progress', done: 0, refused: 0 };
  let isEnded = false;
  child.on('message', (message: WorkerMessage) => {
    last = message;
  });
  child.on('exit', (status) => {
    isEnded = true;
    if (status !== 0 && status !== null) throw new Error(`A worker ended with status ${status}.`);
  });
  return {
    done: () => last.done,
    refused: () => last.refused,
    left: () => task.calls - last.done,
    errors: () => (last.type === 'end' ? last.errors : []),
    isEnded: () => isEnded,
    kill: async () => {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}
