/** Several processes at one store, and one that dies. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { BudgetScope } from '../../../runtime/src/stores/store.ts';
import { inTime } from '../in-time.ts';
import { openStores } from '../open.ts';
import { type Driver, need } from './driver.ts';
import type { Done, Work } from './worker.ts';

const DECADE = 315_360_000_000;
const PROCESSES = 4;

export function startWorker(file: string, work: object): ChildProcess {
  const worker = join(import.meta.dirname, file);
  return spawn(process.execPath, ['--conditions=farthing-source', '--no-warnings', worker, JSON.stringify(work)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

export const start = (work: Work): ChildProcess => startWorker('worker.ts', work);

/** What a worker printed, once it has ended well. */
export async function output(child: ChildProcess): Promise<string> {
  let text = '';
  child.stdout?.on('data', (chunk) => {
    text += chunk;
  });
  const [status] = await once(child, 'close');
  expect(status).toBe(0);
  return text;
}

/** The day of a month that is about half a month away, so that no window ends while a test runs. */
function farFromNow(): number {
  return ((new Date().getUTCDate() + 14) % 28) + 1;
}

export function processContract(driver: Driver): void {
  const { address } = driver;
  if (address === null) return;

  describe('budgets over processes', () => {
    test('four processes never exceed a cap, and all sums are exact in the end', async () => {
      const scopes: BudgetScope[] = [
        { key: 'total', window: DECADE, cap: 200_000 },
        { key: 'feature:chat', window: DECADE, cap: 90_000 },
        { key: 'feature:search', window: 'month', timeZone: 'Pacific/Apia', startsOn: farFromNow(), cap: 120_000 },
      ];
      const shared = address();
      const stores = openStores(shared);
      const budgets = need(stores.budgets);
      const work = {
        address: shared,
        task: 'spend',
        calls: 300,
        parallel: 8,
        lease: 600_000,
        scopes,
        amount: 1000,
      } as const;
      const workers = Array.from({ length: PROCESSES }, (_, worker) => output(start({ ...work, worker })));
      let isRunning = true;
      const all = Promise.all(workers).finally(() => {
        isRunning = false;
      });
      while (isRunning) {
        for (const { scope, spent, reserved } of await budgets.states(scopes)) {
          expect(spent + reserved).toBeLessThanOrEqual(scope.cap);
        }
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      const done = (await all).map((text) => JSON.parse(text) as Done);
      const sum = (pick: (one: Done) => number | undefined) => done.reduce((total, one) => total + (pick(one) ?? 0), 0);
      const states = await budgets.states(scopes);
      expect(states.map(({ spent, reserved }) => [spent, reserved])).toEqual(
        scopes.map(({ key }) => [sum(({ settled }) => settled[key]), sum(({ abandoned }) => abandoned[key])]),
      );
      // Otherwise the caps would not have been tried.
      expect(sum(({ refused }) => refused)).toBeGreaterThan(50);
      expect(sum(({ granted }) => granted)).toBeGreaterThan(200);
      await stores.close();
    });

    test('what a killed process had reserved is spent in full when its lease runs out', async () => {
      const scopes: BudgetScope[] = [{ key: 'total', window: DECADE, cap: 100 }];
      const work = { task: 'hold', worker: 0, calls: 1, parallel: 1, scopes, amount: 60 } as const;
      let shared = address();
      await inTime({ now: Date.now }, 1000, async (lease, from) => {
        shared = address();
        const { budgets, close } = openStores(shared);
        // The connection is made before the time begins.
        expect(await need(budgets).states(scopes)).toMatchObject([{ spent: 0, reserved: 0 }]);
        const child = start({ ...work, address: shared, lease });
        const exited = once(child, 'exit').then(([status]) =>
          Promise.reject(new Error(`The worker ended with ${status}.`)),
        );
        const [moment] = await Promise.race([once(child.stdout as NonNullable<typeof child.stdout>, 'data'), exited]);
        exited.catch(() => {});
        from(Number(moment));
        child.kill('SIGKILL');
        await once(child, 'close');
        expect(await need(budgets).states(scopes)).toMatchObject([{ spent: 0, reserved: 60 }]);
        expect(await need(budgets).reserve({ id: 'too much', scopes, amount: 41, lease: 1000 })).toMatchObject({
          isGranted: false,
        });
        await close();
      });
      const { budgets, close } = openStores(shared);
      await expect.poll(() => need(budgets).states(scopes)).toMatchObject([{ spent: 60, reserved: 0 }]);
      expect(await need(budgets).reserve({ id: 'fits', scopes, amount: 40, lease: 1000 })).toEqual({ isGranted: true });
      await close();
    });
  });
}
