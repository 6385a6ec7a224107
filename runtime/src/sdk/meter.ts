/**
 * The runtime's front door: a meter wraps clients, and every call of theirs goes through its layers.
 *
 * @example
 * const meter = createMeter();
 * const openai = meter.wrap(new OpenAI());
 * await meter.run({ feature: 'chat', user: id }, () => openai.chat.completions.create({ ... }));
 */
import { assemble } from '../assembly/assemble.ts';
import type { Batch } from '../batch/batch.ts';
import type { BatchOptions } from '../batch/options.ts';
import type { CallResult } from '../core/call-result.ts';
import { type CallOptions, NO_CONTEXT } from '../core/context.ts';
import { contextHeaders, type Trust } from '../core/context-headers.ts';
import { MeterError } from '../core/errors.ts';
import { FEEDBACK, type Feedback } from '../core/feedback.ts';
import type { Exchange } from '../core/pipeline.ts';
import { createProviderLookup } from '../core/provider-lookup.ts';
import { responseOf } from '../core/reply.ts';
import { takeFeedback } from '../layers/answer-cache/semantic/feedback.ts';
import {
  type PurgeFilter,
  purgePartition,
  purgeQuestions,
  purgeSchema,
} from '../layers/answer-cache/semantic/purge.ts';
import { type BudgetOptions, budgetSchema, budgetsSchema } from '../layers/budget/options.ts';
import { scopeOf } from '../layers/budget/rules.ts';
import { clearedResult } from '../layers/shape/context/clear.ts';
import { aggregate, GROUP_BY, type Group, type GroupBy } from '../ledger/aggregate.ts';
import { filterSchema } from '../ledger/filter.ts';
import { startRetention } from '../ledger/retention.ts';
import { memoryStores } from '../stores/memory/memory.ts';
import { withDefaults } from '../stores/memory/with-defaults.ts';
import { sqliteStores } from '../stores/sqlite/sqlite.ts';
import type { CacheStore, LedgerFilter, ScopeState } from '../stores/store.ts';
import { type Background, createBackground } from '../support/background.ts';
import { flag, oneOf, readOptions, text } from '../support/schema.ts';
import { createWeakList } from '../support/weak-list.ts';
import { batchOf } from './batch-of.ts';
import { createCallSites } from './call-sites.ts';
import { currentScope, keepResult, type RunOptions, runIn } from './context.ts';
import { type Caller, exchangeOf, type Fetch } from './fetch-exchange.ts';
import { type MeterOptions, readMeterOptions } from './options.ts';
import { passThrough } from './pass-through.ts';
import { type Asked, asPlain, isPlain } from './request-forms.ts';
import { enter, limitRefusal } from './run-limits.ts';
import type { SocketGate } from './sockets.ts';
import { gateSockets, type Wrapping, wrapClient } from './wrap.ts';

export interface Meter {
  /**
   * Meters the calls of a client: it is changed and given back, with all that others have put upon it. Its later copies
   * (`withOptions`) are metered as well.
   *
   * @throws MeterError for a client that the runtime does not read, or that cannot be changed
   */
  readonly wrap: <Client extends object>(client: Client) => Client;
  /** A fetch for whatever takes one: providers of the Vercel AI SDK, LangChain's models. */
  readonly fetch: Fetch;
  /**
   * Sets the feature, user and tenant of the calls made in `action`. Runs can be nested: the inner one's options
   * override the outer one's. `limits` end a loop that goes on for too long: the run is rejected with a `RunLimitError`.
   */
  readonly run: <Result>(options: RunOptions, action: () => Result) => Result;
  /**
   * Requests that can wait, at the provider's price for batches: as calls of a copy of the client, or as rows of which
   * there may be any number. Its state is in the store, so another process can go on with it.
   *
   * @throws MeterError for options that are wrong, and for a client whose batches are not known
   */
  readonly batch: <Client extends object>(options: BatchOptions<Client>) => Batch<Client>;
  /**
   * The context of one call as headers, for callers that lose the async context on the way to `fetch`. They contain a
   * secret of this meter, without which `meter.fetch` ignores such headers, because they may come from the
   * application's own users.
   */
  readonly headers: (context: CallOptions) => Record<string, string>;
  /** The last call of this meter that has ended in the surrounding run; null outside of one, and before the first. */
  readonly lastCall: () => CallResult | null;
  /**
   * How much of a cap is spent and reserved.
   *
   * @param name the feature, user, ... whose cap it is; it can be omitted for `total`, and if the budget has `only`
   * @throws MeterError for an invalid budget, and if a required name is missing
   */
  readonly remaining: (budget: BudgetOptions, name?: string) => Promise<ScopeState>;
  /**
   * Replaces all budgets, from the next reservation on. What is spent and reserved stays counted: a budget for the same
   * name and the same time continues with it.
   *
   * @throws MeterError for invalid budgets; the previous ones stay
   */
  readonly setBudgets: (budgets: readonly BudgetOptions[]) => void;
  /**
   * The sums of the ledger, most expensive first.
   *
   * @throws MeterError for an unknown group or filter
   */
  readonly report: (by: GroupBy, filter?: LedgerFilter) => Promise<readonly Group[]>;
  /**
   * Forgets what the cache keeps, and returns how many answers that were: of one tenant, those that a filter names, or
   * all. The filters other than `tenant` find the answers to questions that the semantic cache knows.
   *
   * @example await meter.purge({ similarTo: 'How do I cancel my subscription?' });
   * @throws MeterError for an unknown or empty filter, and for one that needs the semantic cache if there is none
   */
  readonly purge: (what?: string | PurgeFilter) => Promise<number>;
  /**
   * What a user says of the answer to a call, in any process with the same stores. The ledger keeps it, and experiments count
   * it. With the semantic cache, `bad` removes the answer from the cache, for a day after the call; if it was the answer to
   * another question, those two are never taken for the same again, and questions like them must be nearer. `good` takes the
   * two for the same again.
   *
   * @returns false if the call is not known
   */
  readonly feedback: (call: string, feedback: Feedback) => Promise<boolean>;
  /**
   * A tool result that `clearToolResults` has left out of a request, by the handle that stands in its place: for a day, in
   * any process with the same stores, and for the tenant of the surrounding run.
   *
   * @returns null if the handle is not known
   */
  readonly clearedResult: (handle: string) => Promise<string | null>;
  /** False sends every call as it is, from the next one on: caches, budgets and routing are out of the way. */
  readonly setEnabled: (isEnabled: boolean) => void;
  /** Resolves when everything that has ended is settled and written. */
  readonly flush: () => Promise<void>;
  /**
   * Flushes, and closes the stores. The clients go on without the meter, and nothing is recorded any more; requests
   * covered by a hard budget are refused, because they can no longer be counted.
   */
  readonly close: () => Promise<void>;
}

/** @throws MeterError for options that cannot be */
export function createMeter(input: MeterOptions = {}): Meter {
  const options = readMeterOptions(input);
  const background = createBackground();
  const stores = withDefaults(
    options.stores ?? (options.path === undefined ? memoryStores() : sqliteStores({ path: options.path })),
  );
  const providerAt = createProviderLookup(options.hosts);
  const callSites = createCallSites(options.callSites);
  const assembled = assemble(options, stores, background, providerAt);
  const { through, plain, accountFor, onResult, admission, setBudgets, emit } = assembled;
  const stopRetention = startRetention(stores.ledger, options.retention, background);
  const now = (): number => options.now?.().getTime() ?? Date.now();
  let isEnabled = true;
  let isClosed = false;

  /** Null for what cannot be read, for whatever reason: no layer sees it. */
  const read = ({ input, init }: Asked, caller: Caller): Exchange | null => {
    try {
      return exchangeOf(input, init, caller);
    } catch (error) {
      emit({ type: 'layer-failed', call: null, layer: 'read', effect: 'open', error });
      return null;
    }
  };

  const secret = options.headerSecret ?? crypto.randomUUID();
  const onIgnored = (names: readonly string[]): void => emit({ type: 'headers-ignored', names });
  const meterFetch = (inner: Fetch, isOwnClient: boolean): Fetch => {
    const trust: Trust = { isOwnClient, secret, onIgnored };
    return async function meteredFetch(input, init) {
      const scope = currentScope();
      const keepLast = scope === null ? null : (result: CallResult): void => keepResult(scope, meter, result);
      const caller: Caller = { inner, scope, providerAt, trust, onResult: keepLast };
      let asked: Asked = { input, init };
      if (!isPlain(asked)) asked = await asPlain(asked);
      const exchange = isClosed ? null : read(asked, caller);
      if (exchange === null) {
        const note = (result: CallResult): void => {
          keepLast?.(result);
          onResult(result);
        };
        return passThrough(asked.input, asked.init, {
          ...caller,
          accountFor,
          onResult: note,
          refusalOf: isClosed ? admission.afterClose : isEnabled ? admission.ofUnread : () => null,
          isRecorded: !isClosed,
        });
      }
      const overLimit = enter(scope?.limited ?? [], exchange.payload);
      if (overLimit !== null) return responseOf(await assembled.refuse(exchange, limitRefusal(overLimit)));
      const isWhole = isEnabled && !exchange.context.bypass;
      return responseOf(await (isWhole ? through : plain)(callSites.locate(exchange, meteredFetch)));
    };
  };

  const gate: SocketGate = ({ url, headers, model }) => {
    const context = currentScope()?.context ?? NO_CONTEXT;
    if (context.bypass || !(isEnabled || isClosed)) return;
    const call = { context, headers, url, facts: { model } };
    const refusal = isClosed ? admission.afterClose(call) : admission.ofSocket(call);
    if (refusal !== null) throw fail(refusal.message);
  };

  /** A hard budget that is set later also covers the sockets of these clients. */
  const wrapped = createWeakList();
  const gateNow = (): SocketGate | null => (admission.hasHardCaps() ? gate : null);
  const wrapping = (): Wrapping => ({
    owner: meter,
    meter: (inner) => meterFetch(inner, true),
    onWrapped: (clients) => {
      clients.forEach(wrapped.add);
      callSites.watch(clients);
    },
    gate: gateNow,
  });

  const { semantic } = options.cache;
  const hasSemantic = semantic !== undefined && semantic.mode !== 'off';

  const meter: Meter = {
    wrap: (client) => wrapClient(client, wrapping()),
    // The global fetch is looked up at each call: other tools put theirs in its place.
    fetch: meterFetch((input, init) => globalThis.fetch(input, init), false),
    headers: (context) => contextHeaders(context, secret),
    run: runIn,
    batch: (input) =>
      batchOf(input, meter, {
        sends: assembled.batch,
        records: options.stores === undefined ? stores.records : options.stores.records,
        providerAt,
        now,
        emit,
      }),
    lastCall: () => currentScope()?.last.get(meter) ?? null,
    remaining: async (input, name) => {
      const cap = readOptions(budgetSchema, input, fail, 'budget');
      const scope = await scopeOf(cap, nameIn(cap, name)).catch((error: unknown) => {
        throw fail(`remaining: budget.dollars: ${error instanceof Error ? error.message : error}`);
      });
      const [state] = await stores.budgets.states([scope]);
      return state as ScopeState;
    },
    setBudgets: (input) => {
      setBudgets(readOptions(budgetsSchema, input, fail, 'budgets'));
      wrapped.each((client) => gateSockets(client, gateNow()));
    },
    report: async (by, input = {}) => {
      readOptions(oneOf(GROUP_BY), by, fail, 'report: the group');
      const filter = readOptions(filterSchema, input, fail, 'report');
      await background.flush();
      return aggregate(stores.ledger, by, filter);
    },
    // Nothing given purges all: a tenant that turned out to have no name must not.
    purge: async (what) => {
      if (typeof what === 'object' && what !== null) {
        const { tenant, ...others } = readOptions(purgeSchema, what, fail, 'purge');
        if (Object.values(others).every((value) => value === undefined)) return purgePartition(stores, tenant);
        if (!hasSemantic) throw fail('purge: filters other than tenant need cache.semantic.');
        return purgeQuestions(stores, { ...what });
      }
      if (what !== undefined) readOptions(text(), what, fail, 'purge: the tenant');
      return purgePartition(stores, what);
    },
    feedback: async (call, feedback) => {
      readOptions(text(), call, fail, 'feedback: the call');
      readOptions(oneOf(FEEDBACK), feedback, fail, 'feedback');
      // The call, and what it was answered with, may still be being written.
      await background.flush();
      const isRecorded = await assembled.feedback(call, feedback);
      return (hasSemantic && (await takeFeedback(stores, call, feedback))) || isRecorded;
    },
    clearedResult: (handle) => resultOfHandle(handle, stores.cache, background),
    setEnabled: (enabled) => {
      isEnabled = readOptions(flag(), enabled, fail, 'setEnabled');
    },
    flush: background.flush,
    close: async () => {
      isClosed = true;
      stopRetention();
      await background.end();
      await stores.close();
    },
  };
  return meter;
}

async function resultOfHandle(handle: string, cache: CacheStore, background: Background): Promise<string | null> {
  readOptions(text(), handle, fail, 'clearedResult: the handle');
  // It may still be being written.
  await background.flush();
  return clearedResult(cache, currentScope()?.context.tenant ?? null, handle);
}

function fail(message: string): MeterError {
  return new MeterError(message);
}

/** @throws MeterError if the cap counts several names, and none is given */
function nameIn({ per, only }: BudgetOptions, name: string | undefined): string {
  if (per === 'total') return '';
  const found = name ?? (typeof only === 'string' ? only : undefined);
  if (found === undefined || found === '') {
    throw fail(`remaining: a budget per ${per} has a cap for each ${per}. Name one: meter.remaining(budget, '...').`);
  }
  return found;
}
