/**
 * Budgets that hold: before a request is sent, the most that it can cost is reserved under every cap that it falls under;
 * when its answer has ended, what it did cost takes the reservation's place. Each attempt reserves for itself.
 *
 * A cap is never passed by our price table, over any number of processes that share the store. What cannot be bounded
 * (an unknown price, a stored prompt on a model of unknown context) is refused by a hard cap.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { isResidentUrl } from '@farthing/shared/hosts';
import type { Attempt } from '../../core/call-log.ts';
import type { Effect, Emit } from '../../core/events.ts';
import { withBody, withModel } from '../../core/exchange.ts';
import type { Exchange, Layer, Reply, Send } from '../../core/pipeline.ts';
import type { Prices } from '../../core/prices.ts';
import { refuse, storeFailed } from '../../core/refuse.ts';
import type { BudgetStore, MaybePromise, ReservationResult, ScopeState } from '../../stores/store.ts';
import { orAborted } from '../../support/abort.ts';
import type { Background } from '../../support/background.ts';
import type { BudgetOptions } from './options.ts';
import { type Budget, budgetsOf, describeRefusal, isHard } from './rules.ts';
import { createSettlements, type Settlements } from './settlements.ts';

export interface BudgetTools {
  readonly budgets: readonly BudgetOptions[];
  readonly store: BudgetStore;
  /** Null closes hard caps and opens soft ones. */
  readonly onStoreFailure: Effect | null;
  readonly prices: Prices;
  readonly emit: Emit;
  readonly background: Background;
  /** Milliseconds after which a reservation that was never settled counts as spent. */
  readonly lease: number;
  /** What a hard cap does with a request that cannot be bounded. */
  readonly unread: 'refuse' | 'allow';
  /** Told how full the caps are after each reservation, where somebody wants to know. */
  readonly onState: ((state: ScopeState) => void) | null;
  /** The output limit that a hard cap sets where a request has none. Default: 16,384 tokens. */
  readonly outputLimit?: number;
}

const OUTPUT_LIMIT = 16_384;
/** Milliseconds between two looks at a full budget, for calls that wait. */
const POLL = 200;

export function budget(options: BudgetTools): Layer {
  const settlements = createSettlements(options.store, options.emit, options.background);
  return (next) =>
    async function budgeted(exchange) {
      return reserveAndSend(exchange, next, { ...options, settlements }, true);
    };
}

interface Tools extends BudgetTools {
  readonly settlements: Settlements;
}

async function reserveAndSend(given: Exchange, next: Send, options: Tools, mayDowngrade: boolean): Promise<Reply> {
  const { store, emit, settlements, lease } = options;
  const budgets = budgetsOf(given, options.budgets);
  if (budgets.length === 0) return next(given);
  const hard = budgets.filter(({ options }) => isHard(options));
  const exchange = hard.length > 0 ? withLimit(given, options) : given;
  const bound = boundOf(exchange, options.prices);
  if (bound.amount === null) {
    if (hard.length === 0) return next(exchange);
    // A price can be declared: a model that nobody has priced would leave the cap open for all of its calls.
    if (options.unread === 'allow' && !bound.isUnpriced) {
      const { context, url } = exchange;
      emit({
        type: 'unread',
        feature: context.feature,
        address: url.replace(/[?#].*$/s, ''),
        effect: 'open',
        message: bound.reason,
      });
      return next(exchange);
    }
    const remedy = bound.isUnpriced ? REMEDY_UNPRICED : REMEDY_UNBOUNDED;
    return refuseHere(exchange, `this request cannot be bounded: ${bound.reason}. ${remedy}`, emit);
  }
  const attempt = exchange.log.openAttempt(exchange.facts.model);
  const { id } = attempt;
  const { amount } = bound;
  // A soft cap counts as well, and never refuses.
  const scopes = budgets.map(({ scope, options }) =>
    isHard(options) ? scope : { ...scope, cap: Number.MAX_SAFE_INTEGER },
  );
  let reserving = null as MaybePromise<ReservationResult> | null;
  const reserve = (): Promise<ReservationResult> => {
    reserving = store.reserve({ id, scopes, amount, lease });
    return orAborted(reserving, exchange.signal);
  };
  let result: ReservationResult;
  try {
    result = await reserveOrWait(exchange, hard, reserve);
  } catch (error) {
    const isAborted = exchange.signal?.aborted === true;
    const effect = options.onStoreFailure ?? (hard.length > 0 ? 'closed' : 'open');
    const refusal = isAborted ? null : storeFailed(exchange, { layer: 'budget', effect, error }, emit);
    if (isAborted || refusal !== null) {
      settlements.settleUnsure({ id, spent: 0 }, reserving);
      exchange.signal?.throwIfAborted();
    }
    if (refusal !== null) return refusal;
    // The store may have reserved all the same: then the reservation ends as any other.
    const settle = (spent: number): void => settlements.settleUnsure({ id, spent }, reserving);
    return sendReserved({ ...exchange, attempt }, { attempt, amount, isHeld: hard.length > 0, settle }, next, emit);
  }
  if (result.isGranted) {
    watchCaps(exchange, budgets, options);
    const settle = (spent: number): void => settlements.settle({ id, spent });
    return sendReserved({ ...exchange, attempt }, { attempt, amount, isHeld: hard.length > 0, settle }, next, emit);
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
    return reserveAndSend(withModel(exchange, cheaper), next, options, false);
  }
  return refuseHere(exchange, `${describeRefusal(refusedBy, amount)} ${REMEDY_FULL}`, emit);
}

const REMEDY_FULL = 'Lower its output limit, raise the budget, or use "downgradeTo".';
const REMEDY_UNPRICED = 'Declare the price of its model under `prices`; 0 is allowed.';
const REMEDY_UNBOUNDED = 'Set `unread: "allow"` to send what no budget counts.';

function boundOf({ codec, provider, facts, payload, url }: Exchange, prices: Prices): ReturnType<Prices['bound']> {
  if (codec.isFree === true) return { amount: 0, reason: null };
  if (facts.model === null) return { amount: null, reason: 'it names no model', isUnpriced: false };
  const model = prices.model(provider, facts.model);
  if (model === null) return { amount: null, reason: `the price of "${facts.model}" is not known`, isUnpriced: true };
  const terms = { isResident: facts.mayBeResident === true || isResidentUrl(url) };
  return prices.bound(model, { bytes: Buffer.byteLength(payload.text), facts }, terms);
}

function withLimit(exchange: Exchange, { outputLimit = OUTPUT_LIMIT, prices }: BudgetTools): Exchange {
  const { codec, facts, provider } = exchange;
  if (facts.outputLimit !== null || facts.model === null) return exchange;
  const most = prices.model(provider, facts.model)?.maxOutput ?? outputLimit;
  return withBody(exchange, (body) => codec.withOutputLimit(body, Math.min(most, outputLimit), provider));
}

/**
 * An answer whose usage is not known may have cost all that it could: a cap that holds counts all of it. One that only
 * warns counts what is known, the prompt and what had passed.
 */
function spentOn({ cost, usage }: Attempt, reserved: number, isHeld: boolean): number {
  if (cost === null) return reserved;
  const isPartial = usage === null && cost.basis === 'assumed' && cost.amount > 0;
  return isPartial && isHeld ? Math.max(reserved, cost.amount) : cost.amount;
}

interface Reserved {
  readonly attempt: Attempt;
  readonly amount: number;
  /** True where a hard cap is among those that count it. */
  readonly isHeld: boolean;
  readonly settle: (spent: number) => void;
}

async function sendReserved(exchange: Exchange, reserved: Reserved, next: Send, emit: Emit): Promise<Reply> {
  const { attempt, amount, isHeld } = reserved;
  const settle = (spent: number): void => {
    if (spent > amount) emit({ type: 'over-reserved', call: exchange.id, reserved: amount, spent });
    reserved.settle(spent);
  };
  if (exchange.signal?.aborted) {
    settle(0);
    exchange.signal.throwIfAborted();
  }
  let reply: Reply;
  try {
    reply = await next(exchange);
  } catch (error) {
    settle(wasNeverSent(error) ? 0 : amount);
    throw error;
  }
  const settleNow = (): void => settle(spentOn(attempt, amount, isHeld));
  if (reply.body instanceof ReadableStream) {
    // Not before it has ended is there anything that a flush could wait for.
    void reply.settled.then(settleNow);
    return reply;
  }
  settleNow();
  return reply;
}

/** Errors of a connection that was never made: the provider has seen nothing. */
const BEFORE_SENDING = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT', 'EHOSTUNREACH']);

function wasNeverSent(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : null;
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : null;
  return typeof code === 'string' && BEFORE_SENDING.has(code);
}

async function reserveOrWait(
  { signal }: Exchange,
  hard: readonly Budget[],
  reserve: () => Promise<ReservationResult>,
): Promise<ReservationResult> {
  const deadline = performance.now() + Math.max(0, ...hard.map(({ options }) => waitOf(options)));
  for (;;) {
    signal?.throwIfAborted();
    const result = await reserve();
    if (result.isGranted || performance.now() >= deadline) return result;
    await wait(Math.min(POLL, deadline - performance.now()), undefined, signal === null ? {} : { signal });
  }
}

function waitOf({ otherwise }: BudgetOptions): number {
  return typeof otherwise === 'object' && 'waitAtMost' in otherwise ? otherwise.waitAtMost : 0;
}

function downgradeOf(budget: Budget | undefined): string | null {
  const otherwise = budget?.options.otherwise;
  return typeof otherwise === 'object' && 'downgradeTo' in otherwise ? otherwise.downgradeTo : null;
}

/** Looks at the caps behind the call's back: soft ones that are passed, and all of them for alerts. */
function watchCaps(
  { id, context }: Exchange,
  budgets: readonly Budget[],
  { store, emit, background, onState }: BudgetTools,
): void {
  const watched = budgets.filter(({ options }) => !isHard(options) || onState !== null);
  if (watched.length === 0) return;
  const look = async (): Promise<void> => {
    const states = await store.states(watched.map(({ scope }) => scope));
    for (const [index, state] of states.entries()) {
      onState?.(state);
      const isSoft = !isHard((watched[index] as Budget).options);
      if (!isSoft || state.spent + state.reserved <= state.scope.cap) continue;
      const message = describeRefusal(state, state.reserved);
      emit({ type: 'over-budget', call: id, feature: context.feature, message });
    }
  };
  background.add(
    look().catch((error: unknown) => emit({ type: 'store-failed', layer: 'budget', effect: 'open', error })),
  );
}

function refuseHere(exchange: Exchange, why: string, emit: Emit): Reply {
  return refuse(exchange, { layer: 'budget', status: 402, code: 'budget_exceeded', why }, emit);
}
