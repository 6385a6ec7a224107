/**
 * One of several processes that share a store: `node worker.ts JSON`. It makes reservations and settles most of them, and
 * prints what it did as one line of JSON; or it reserves once, prints the moment before that, and waits to be killed.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { BudgetScope } from '../../../runtime/src/stores/store.ts';
import { openStores, type StoreAddress } from '../open.ts';
import { need } from './driver.ts';

export interface Work {
  readonly address: StoreAddress;
  readonly task: 'spend' | 'hold';
  /** Begins its reservation ids, and is the seed of what it chooses. */
  readonly worker: number;
  readonly calls: number;
  readonly parallel: number;
  readonly lease: number;
  readonly scopes: readonly BudgetScope[];
  /** The largest reservation. */
  readonly amount: number;
}

/** By scope key. What was abandoned stays reserved until its lease runs out. */
export interface Done {
  readonly granted: number;
  readonly refused: number;
  readonly settled: Readonly<Record<string, number>>;
  readonly abandoned: Readonly<Record<string, number>>;
}

const work = JSON.parse(process.argv[2] ?? '') as Work;
const stores = openStores(work.address);
const budgets = need(stores.budgets);
if (work.task === 'hold') await hold();
else process.stdout.write(`${JSON.stringify(await spend())}\n`);
await stores.close();

async function hold(): Promise<void> {
  const { worker, scopes, amount, lease } = work;
  await budgets.states(scopes);
  const moment = Date.now();
  await budgets.reserve({ id: `held-${worker}`, scopes, amount, lease });
  process.stdout.write(`${moment}\n`);
  await sleep(600_000);
}

async function spend(): Promise<Done> {
  const settled: Record<string, number> = {};
  const abandoned: Record<string, number> = {};
  let granted = 0;
  let refused = 0;
  let next = 0;
  const random = generator(work.worker + 1);
  const [total, ...others] = work.scopes as [BudgetScope, ...BudgetScope[]];

  async function call(number: number): Promise<void> {
    const id = `${work.worker}-${number}`;
    const other = others[Math.floor(random() * others.length)] as BudgetScope;
    const scopes = random() < 0.5 ? [total, other] : [other, total];
    const amount = Math.ceil(random() * work.amount);
    const { isGranted } = await budgets.reserve({ id, scopes, amount, lease: work.lease });
    if (!isGranted) {
      refused++;
      return;
    }
    granted++;
    const isAbandoned = random() < 0.1;
    const spent = isAbandoned ? amount : Math.floor(random() * amount);
    const sums = isAbandoned ? abandoned : settled;
    for (const { key } of scopes) sums[key] = (sums[key] ?? 0) + spent;
    if (random() < 0.2) await sleep(random() * 5);
    if (isAbandoned) return;
    await budgets.settle(id, spent);
    // As after an answer that was lost on its way.
    if (random() < 0.1) await budgets.settle(id, spent);
  }

  async function lane(): Promise<void> {
    while (next < work.calls) await call(next++);
  }
  await Promise.all(Array.from({ length: work.parallel }, lane));
  return { granted, refused, settled, abandoned };
}

/** Mulberry32: the same choices for the same seed. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
