/**
 * Budgets that hold: before a request is sent, the maximum that it can cost is reserved under every hard cap that applies
 * to it; when its answer has ended, the actual cost replaces the reservation. Each attempt reserves separately.
 *
 * By the price table, a hard cap is never exceeded, across any number of processes that share the store. It refuses
 * requests that cannot be bounded (an unknown price, a stored prompt on a model of unknown context). A soft cap never
 * refuses. It reserves the probable cost, so that it does not warn about cheap calls with a high output limit.
 */
import { isDeepStrictEqual } from 'node:util';
import { withoutQuery } from '@farthing/shared/hosts';
import { attemptId } from '../../core/call-log.ts';
import type { Effect } from '../../core/events.ts';
import { withModel } from '../../core/exchange.ts';
import type { Exchange, Layer, Reply, Send } from '../../core/pipeline.ts';
import type { Prices } from '../../core/prices.ts';
import { refuse, refuseClosed, storeFailed } from '../../core/refuse.ts';
import type { BudgetScope, MaybePromise, ReservationResult } from '../../stores/store.ts';
import { orAborted } from '../../support/abort.ts';
import { boundOf, expectedOf, withLimit } from './amounts.ts';
import type { FilledBudget } from './options.ts';
import { reserveOrWait } from './reserve-or-wait.ts';
import { type Budget, budgetsOf, describeRefusal, isHard, isSameCount, refuses } from './rules.ts';
import { type Reserved, type Settle, sendReserved } from './send-reserved.ts';
import { createSettlements, type Settlements } from './settlements.ts';
import { type WatchTools, watchCaps } from './watch.ts';

export interface BudgetTools extends WatchTools {
  /** The current budgets, which can change while calls run. */
  readonly budgets: () => readonly FilledBudget[];
  /** Null closes hard caps and opens soft ones. */
  readonly onStoreFailure: Effect | null;
  readonly prices: Prices;
  /** Milliseconds after which a reservation that was never settled counts as spent. */
  readonly lease: number;
  /** Whether a hard cap refuses a request that cannot be bounded. */
  readonly unread: 'refuse' | 'allow';
}

export function budget(options: BudgetTools): Layer {
  const settlements = createSettlements(options.store, options.emit, options.background);
  const tools = { ...options, settlements };
  return (next) =>
    function budgeted(exchange) {
      return reserveAndSend(exchange, next, tools, true);
    };
}

interface Tools extends BudgetTools {
  readonly settlements: Settlements;
}

async function reserveAndSend(original: Exchange, next: Send, tools: Tools, mayDowngrade: boolean): Promise<Reply> {
  const { store, emit, settlements, lease, prices } = tools;
  const budgets = await budgetsOf(original, tools.budgets());
  const closed = reportProblems(original, budgets, tools);
  // What has been answered is paid for: it is counted under every cap, and refused by none.
  const isPaid = original.batch === 'answered';
  if (closed !== null && !isPaid) return closed;
  let hard = budgets.filter(refuses);
  const exchange = hard.length > 0 ? withLimit(original, prices) : original;
  const bound = hard.length > 0 ? boundOf(exchange, prices) : null;
  if (bound?.amount === null) {
    const { context, url } = exchange;
    // A missing price can be declared; sending the calls of a model without one would leave the cap open for all of them.
    if (!isPaid && (tools.unread === 'refuse' || bound.isUnpriced)) {
      const remedy = bound.isUnpriced ? REMEDY_UNPRICED : REMEDY_UNBOUNDED;
      return refuseHere(exchange, `the cost of this request cannot be bounded: ${bound.reason}. ${remedy}`, tools);
    }
    const address = withoutQuery(url);
    emit({ type: 'unread', feature: context.feature, address, effect: 'open', message: bound.reason });
    // Without a maximum it counts like under soft caps: what it will probably cost, and then what it did.
    hard = [];
  }
  const isHeld = hard.length > 0;
  const counted = budgets.filter((one) => (!isHeld || !refuses(one)) && one.problem === null);
  const expected = counted.length === 0 ? null : expectedOf(exchange, prices);
  const soft = expected === null ? [] : counted;
  const amount = bound?.amount ?? expected;
  if (amount === null || hard.length + soft.length === 0) return next(exchange);

  const attempt = exchange.log.openAttempt(exchange);
  // A line of a batch is found again by its call, whatever was tried before it was admitted.
  const id = exchange.batch === null ? attempt.id : attemptId(exchange.id, 0);
  let reserving = null as MaybePromise<ReservationResult> | null;
  const reserveNow = (): MaybePromise<ReservationResult> => {
    const scopes = isHeld && !isPaid ? hard.map(({ scope }) => scope) : (isHeld ? hard : soft).map(uncapped);
    reserving = store.reserve({ id, scopes, amount, lease: leaseOf(exchange, lease) });
    return orAborted(reserving, exchange.signal);
  };
  const reserveAgain = async (): Promise<ReservationResult> => {
    // The caps may have changed while the call was waiting.
    if (isHeld) hard = (await budgetsOf(exchange, tools.budgets())).filter(refuses);
    return reserveNow();
  };
  const reserved = { attempt, amount, isHeld };
  let result: ReservationResult;
  try {
    result = await reserveOrWait(exchange, hard, settlements, { reserveNow, reserveAgain });
  } catch (error) {
    const isAborted = exchange.signal?.aborted === true;
    const effect = isPaid ? 'open' : (tools.onStoreFailure ?? (isHeld ? 'closed' : 'open'));
    const refusal = isAborted ? null : storeFailed(exchange, { layer: 'budget', effect, error }, emit);
    if (isAborted || refusal !== null) {
      void settlements.settleUnsure({ id, spent: 0 }, reserving);
      exchange.signal?.throwIfAborted();
    }
    if (refusal !== null) return refusal;
    // The store may have made the reservation nevertheless: it is then settled like any other.
    const settle: Settle = (spent) => settlements.settleUnsure({ id, spent }, reserving);
    return sendReserved({ ...exchange, attempt }, [{ ...reserved, settle }], next, emit);
  }
  if (result.isGranted) {
    const aside = isHeld
      ? reserveAside(soft, hard, { id, attempt, amount: expected ?? 0 }, leaseOf(exchange, lease), tools)
      : null;
    watchCaps(exchange, [...hard, ...soft], aside?.reserving ?? null, tools);
    const settle: Settle = (spent) => settlements.settle({ id, spent });
    /** An answer that cost more than expected may have exceeded a soft cap only when it ended. */
    const onDearer = (after: MaybePromise<unknown>): void => watchCaps(exchange, soft, after, tools);
    const main: Reserved = { ...reserved, settle, ...(isHeld ? {} : { onDearer }) };
    const others = aside === null ? [] : [{ ...aside, onDearer }];
    return sendReserved({ ...exchange, attempt }, [main, ...others], next, emit);
  }
  const { refusedBy } = result;
  const refusing = hard.find(({ scope }) => isDeepStrictEqual(scope, refusedBy.scope));
  const cheaper = mayDowngrade ? downgradeOf(refusing) : null;
  if (cheaper !== null && cheaper !== exchange.facts.model) {
    exchange.log.markSubstituted();
    exchange.log.decide({
      layer: 'budget',
      outcome: 'downgraded',
      model: cheaper,
      reason: describeRefusal(refusedBy, amount),
    });
    return reserveAndSend(withModel(exchange, cheaper), next, tools, false);
  }
  return refuseHere(exchange, `${describeRefusal(refusedBy, amount)} ${REMEDY_FULL}`, tools, refusedBy.resetsAt);
}

/** Milliseconds: a line of a batch may be answered after a day, and be sent once more. */
const LEASE_OF_LINE = 3 * 24 * 3_600_000;

function leaseOf({ batch }: Exchange, lease: number): number {
  return batch === null ? lease : Math.max(lease, LEASE_OF_LINE);
}

const REMEDY_FULL = 'Lower its output limit, raise the budget, or use "downgradeTo".';
const REMEDY_UNPRICED = 'Declare the price of its model under `prices`; 0 is allowed.';
const REMEDY_UNBOUNDED = 'Set `unread: "allow"` to send such requests: they only count when they end.';

/**
 * Reports caps that are unknown. Returns the refusal if one of them is hard, and null if the call goes on without them.
 */
function reportProblems(exchange: Exchange, budgets: readonly Budget[], { emit }: Tools): Reply | null {
  let refusal: Reply | null = null;
  for (const { options, problem } of budgets) {
    if (problem === null) continue;
    const effect = isHard(options) ? 'closed' : 'open';
    emit({ type: 'layer-failed', call: exchange.id, layer: 'budget', effect, error: new Error(problem) });
    if (effect === 'closed') refusal ??= refuseClosed(exchange, 'budget', problem.replace(/\.$/, ''), emit);
  }
  return refusal;
}

/** A soft cap is counted, but never refuses. */
function uncapped({ scope }: Budget): BudgetScope {
  return { ...scope, cap: Number.POSITIVE_INFINITY };
}

/**
 * Reserves the probable cost under the soft caps of a request that also has hard ones. No call waits for it. A count that
 * a soft and a hard cap share is left to the hard one, so that nothing is counted twice.
 */
function reserveAside(
  soft: readonly Budget[],
  hard: readonly Budget[],
  { id: main, attempt, amount }: Pick<Reserved, 'attempt' | 'amount'> & { readonly id: string },
  lease: number,
  { store, settlements, emit, background }: Tools,
): (Reserved & { readonly reserving: Promise<unknown> }) | null {
  const apart = soft.filter((one) => !hard.some((other) => isSameCount(one.scope, other.scope)));
  if (apart.length === 0) return null;
  const id = `${main}${ASIDE}`;
  const reserving = (async () => store.reserve({ id, scopes: apart.map(uncapped), amount, lease }))();
  const failed = (error: unknown): void => emit({ type: 'store-failed', layer: 'budget', effect: 'open', error });
  const handled = reserving.then(() => {}, failed);
  background.add(handled);
  const settle: Settle = (spent) => settlements.settleUnsure({ id, spent }, handled);
  return { attempt, amount, isHeld: false, settle, reserving: handled };
}

/** The ids under which a line of a batch is reserved. */
export function reservationsOf(call: string): readonly string[] {
  const id = attemptId(call, 0);
  return [id, `${id}${ASIDE}`];
}

const ASIDE = ':expected';

function downgradeOf(budget: Budget | undefined): string | null {
  const otherwise = budget?.options.otherwise;
  return typeof otherwise === 'object' && 'downgradeTo' in otherwise ? otherwise.downgradeTo : null;
}

/** The message has the end of the window in its time zone; the header and the decision have it for programs. */
function refuseHere(exchange: Exchange, why: string, { emit }: Tools, until?: number): Reply {
  const refusal = { layer: 'budget', status: 402, code: 'budget_exceeded', why } as const;
  if (until === undefined) return refuse(exchange, refusal, emit);
  const headers = { 'x-farthing-until': new Date(until).toISOString() };
  return refuse(exchange, { ...refusal, headers, until }, emit);
}
