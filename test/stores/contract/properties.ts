/** Budgets against a model that is too simple to be wrong: random sequences must answer the same in both. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BudgetScope, BudgetStore, Window } from '../../../runtime/src/stores/store.ts';
import { type Driver, need } from './driver.ts';

type Command =
  | { readonly kind: 'reserve'; readonly id: string; readonly scopes: readonly BudgetScope[]; readonly amount: number }
  | { readonly kind: 'settle'; readonly id: string; readonly spent: number }
  | { readonly kind: 'pass'; readonly milliseconds: number };

const LEASE = 700;
const LENGTH = 1000;
const DECADE = 315_360_000_000;

/** Sums over a list of everything that happened, computed from scratch each time. */
class Model {
  readonly #granted = new Map<string, { scopes: readonly BudgetScope[]; amount: number; at: number; spent?: number }>();

  reserve({ id, scopes, amount }: Extract<Command, { kind: 'reserve' }>, now: number): boolean {
    if (this.#granted.has(id)) return true;
    const fits = scopes.every((scope) => {
      const { spent, reserved } = this.state(scope, now);
      return spent + reserved + amount <= scope.cap;
    });
    if (fits) this.#granted.set(id, { scopes, amount, at: now });
    return fits;
  }

  settle(id: string, spent: number): void {
    const known = this.#granted.get(id);
    if (known !== undefined) known.spent ??= spent;
  }

  state({ key, window }: BudgetScope, now: number): { spent: number; reserved: number } {
    const length = window as number;
    let [spent, reserved] = [0, 0];
    for (const one of this.#granted.values()) {
      if (Math.floor(one.at / length) !== Math.floor(now / length)) continue;
      if (!one.scopes.some((scope) => scope.key === key && scope.window === window)) continue;
      if (one.spent !== undefined) spent += one.spent;
      else if (one.at + LEASE <= now) spent += one.amount;
      else reserved += one.amount;
    }
    return { spent, reserved };
  }
}

export function budgetProperties(driver: Driver): void {
  const windows: Window[] = driver.isClockSet ? [LENGTH, DECADE] : [DECADE];
  const scope: fc.Arbitrary<BudgetScope> = fc.record({
    key: fc.constantFrom('total', 'user:1', 'user:2'),
    window: fc.constantFrom(...windows),
    cap: fc.integer({ min: 0, max: 60 }),
  });
  const id = fc.integer({ min: 0, max: 12 }).map(String);
  const command: fc.Arbitrary<Command> = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('reserve'),
        id,
        scopes: fc.array(scope, { maxLength: 4 }),
        amount: fc.nat(30),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('settle'), id, spent: fc.nat(40) }) },
    ...(driver.isClockSet
      ? [{ weight: 1, arbitrary: fc.record({ kind: fc.constant('pass'), milliseconds: fc.nat(600) }) }]
      : []),
  ) as fc.Arbitrary<Command>;
  const shown = windows.flatMap((window) => ['total', 'user:1', 'user:2'].map((key) => ({ key, window, cap: 1 })));

  describe('budgets against a model', () => {
    test('random reservations, settlements and times answer the same', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(command, { maxLength: 40 }), async (commands) => {
          const budgets = need((await driver.open()).budgets);
          const model = new Model();
          for (const one of commands) await step(budgets, model, one);
        }),
        { numRuns: driver.runs },
      );
    });

    async function step(budgets: BudgetStore, model: Model, one: Command): Promise<void> {
      // Nothing expires in the model of a driver whose time is a server's: the lease is longer than the test.
      const lease = driver.isClockSet ? LEASE : 600_000;
      const now = driver.isClockSet ? driver.now() : 0;
      if (one.kind === 'pass') await driver.pass(one.milliseconds);
      if (one.kind === 'settle') {
        await budgets.settle(one.id, one.spent);
        model.settle(one.id, one.spent);
      }
      if (one.kind === 'reserve') {
        const result = await budgets.reserve({ ...one, lease });
        expect(result.isGranted).toBe(model.reserve(one, now));
      }
      const states = await budgets.states(shown);
      const time = driver.isClockSet ? driver.now() : 0;
      expect(states.map(({ spent, reserved }) => ({ spent, reserved }))).toEqual(
        shown.map((scope) => model.state(scope, time)),
      );
    }
  });
}
