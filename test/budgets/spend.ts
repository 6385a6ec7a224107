/** Spends one budget over several processes at one store; the provider's own log is the judge. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { BudgetStore, ScopeState } from '../../runtime/src/stores/store.ts';
import { priceTable, type RecordedCall } from '../provider/log.ts';
import { startFakeProvider } from '../provider/server.ts';
import { openStores, type StoreAddress } from '../stores/open.ts';
import { BROKEN, createRandom, FAILING, OUTPUT_LIMIT, questionIn, TOKEN_PRICES } from './traffic.ts';
import { runWorkers, type WorkDone } from './workers.ts';

export interface SpendOptions {
  readonly address: StoreAddress;
  readonly calls: number;
}

/** Amounts are nano-dollars. */
export interface Spend extends WorkDone {
  readonly asked: number;
  /** Requests that reached the provider. */
  readonly requests: number;
  readonly cap: number;
  /** What the provider's log adds up to. */
  readonly spent: number;
  /** What the store counts when everything has ended. */
  readonly counted: ScopeState;
  /** What the store counts beyond that: requests whose usage is unknown count as the maximum that they can cost. */
  readonly unknown: number;
  /** The most that `unknown` may be: the requests that broke, were given up, or belonged to a killed process. */
  readonly mostUnknown: number;
  readonly largestReservation: number;
  readonly seconds: number;
}

const PROCESSES = 4;
const KILLS = 3;
const PARALLEL = 12;
/** Longer than any call takes, also on a machine with much else to do. */
const LEASE = 10_000;
/** A reservation that is still there so long after its lease stays forever. */
const HANGS = 10 * LEASE;
const SEED = 7;
/** Such that a third of the calls is refused in the end. */
const DOLLARS_PER_CALL = 0.0006;
const priceOf = priceTable(TOKEN_PRICES);

export async function spendBudget({ address, calls }: SpendOptions): Promise<Spend> {
  const began = performance.now();
  const provider = await startFakeProvider();
  const stores = openStores(address);
  try {
    misbehave(provider.script);
    const dollars = calls * DOLLARS_PER_CALL;
    const common = { url: provider.url, address, parallel: PARALLEL, dollars, lease: LEASE };
    const done = await runWorkers({
      processes: PROCESSES,
      calls,
      kills: KILLS,
      taskOf: (count, index) => ({ ...common, calls: count, seed: SEED + index }),
    });
    await provider.idle();
    // Whatever is still reserved belongs to the killed: it counts in full when its lease has run out.
    const scope = { key: 'total', window: 'month' as const, cap: dollars * 1e9 };
    const look = async () => (await (stores.budgets as BudgetStore).states([scope])) as [ScopeState];
    let [counted] = await look();
    for (
      const end = performance.now() + HANGS;
      counted.reserved > 0 && performance.now() < end;
      [counted] = await look()
    ) {
      await sleep(100);
    }
    const spent = provider.spend(priceOf);
    const largestReservation = provider.calls.reduce((most, call) => Math.max(most, boundOf(call)), 0);
    return {
      ...done,
      asked: calls,
      requests: provider.calls.length,
      cap: scope.cap,
      spent,
      counted,
      unknown: counted.spent - spent,
      // A process may also be killed between its reservations and its requests.
      mostUnknown: unknownIn(provider.calls, done.failed) + done.killed * PARALLEL * largestReservation,
      largestReservation,
      seconds: (performance.now() - began) / 1000,
    };
  } finally {
    await stores.close();
    await provider.close();
  }
}

/** The most that a recorded request could cost: one token a byte, and its output limit. */
function boundOf({ body, model }: RecordedCall): number {
  const price = TOKEN_PRICES[model ?? ''];
  return price === undefined ? 0 : (body?.length ?? 0) * price.input + OUTPUT_LIMIT * price.output;
}

/** What requests whose end was not seen could have cost beyond their bill. Errors cost nothing, and say so. */
function unknownIn(calls: readonly RecordedCall[], failed: ReadonlySet<string>): number {
  return calls
    .filter(({ status }) => status === null || status < 400)
    .filter(({ outcome, body }) => outcome !== 'served' || failed.has(questionIn(String(body))))
    .reduce((sum, call) => {
      const { billed } = call;
      return sum + boundOf(call) - (billed === null ? 0 : (priceOf({ ...call, billed }) ?? 0));
    }, 0);
}

type Script = Awaited<ReturnType<typeof startFakeProvider>>['script'];

function misbehave(script: Script): void {
  const random = createRandom(SEED);
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
