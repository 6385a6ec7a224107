/**
 * The runtime's front door: a meter wraps clients, and every call of theirs goes through its layers.
 *
 * @example
 * const meter = createMeter();
 * const openai = meter.wrap(new OpenAI());
 * await meter.run({ feature: 'chat', user: id }, () => openai.chat.completions.create({ ... }));
 */
import { type Background, createBackground } from './background.ts';
import { type BudgetOptions, scopeOf } from './budgets/rules.ts';
import { createKeyOf } from './cache/key.ts';
import type { CallResult } from './call-record.ts';
import { type CallOptions, currentScope, runIn } from './context.ts';
import type { Emit } from './events.ts';
import { createProviderLookup, exchangeOf, refreshOf } from './exchange.ts';
import { account } from './layers/account.ts';
import { attempt } from './layers/attempt.ts';
import { budget } from './layers/budget.ts';
import { deduplicate } from './layers/deduplicate.ts';
import { exactCache } from './layers/exact-cache.ts';
import { observe } from './layers/observe.ts';
import { queue } from './layers/queue.ts';
import { rateLimit } from './layers/rate-limit.ts';
import { resolve } from './layers/resolve.ts';
import { route } from './layers/route.ts';
import { shape } from './layers/shape.ts';
import { validate } from './layers/validate.ts';
import { aggregate, type Group, type GroupBy } from './ledger/aggregate.ts';
import { createLedgerWriter } from './ledger/writer.ts';
import type { FeatureOptions, MeterOptions, Stores } from './options.ts';
import { compose, type Exchange, type Layer, type Send } from './pipeline.ts';
import { createPrices } from './prices.ts';
import { responseOf } from './reply.ts';
import { createSend } from './send.ts';
import { memoryStores } from './stores/memory.ts';
import { sqliteStores } from './stores/sqlite.ts';
import type { LedgerFilter, ScopeState } from './stores/store.ts';
import { wrapClient } from './wrap.ts';

type Fetch = typeof globalThis.fetch;

export interface Meter {
  /** A client of the same type, whose calls are metered. */
  readonly wrap: <Client extends object>(client: Client) => Client;
  /** A fetch for whatever takes one: providers of the Vercel AI SDK, LangChain's models. */
  readonly fetch: Fetch;
  /** Says on whose behalf the calls in `action` are made. Runs can be nested: the inner one's options stand over the outer's. */
  readonly run: <Result>(options: CallOptions, action: () => Result) => Result;
  /** The last call that has ended in the surrounding run; null outside of one, and before the first. */
  readonly lastCall: () => CallResult | null;
  /** How much of a cap is spent and reserved. `name` is the feature, user, ... that it counts; none for `total`. */
  readonly remaining: (budget: BudgetOptions, name?: string) => Promise<ScopeState>;
  /** What the ledger says, the dearest first. */
  readonly report: (by: GroupBy, filter?: LedgerFilter) => Promise<readonly Group[]>;
  /** Forgets what the cache keeps, of one tenant or of all; answers how many answers that were. */
  readonly purge: (tenant?: string) => Promise<number>;
  /** False sends every call as it is, from the next one on: caches, budgets and routing are out of the way. */
  readonly setEnabled: (isEnabled: boolean) => void;
  /** Resolves when everything that has ended is settled and written. */
  readonly flush: () => Promise<void>;
  /** Flushes, and ends what the stores hold open. The clients go on without the meter's layers. */
  readonly close: () => Promise<void>;
}

/** @throws MeterError for options that cannot be */
export function createMeter(options: MeterOptions = {}): Meter {
  const background = createBackground();
  const stores = options.stores ?? (options.path === undefined ? memoryStores() : sqliteStores({ path: options.path }));
  const providerAt = createProviderLookup(options.hosts ?? {});
  const { through, plain } = sends(options, stores, background, providerAt);
  let isEnabled = true;

  const meterFetch = (inner: Fetch): Fetch =>
    async function meteredFetch(input, init) {
      const exchange = exchangeOf(input, init, currentScope(), providerAt, inner);
      if (exchange === null) return inner(input, init);
      const isWhole = isEnabled && !exchange.context.bypass;
      return responseOf(await (isWhole ? through : plain)(exchange));
    };

  const meter: Meter = {
    wrap: (client) => wrapClient(client, meter, meterFetch),
    // The global fetch is looked up at each call: other tools put theirs in its place.
    fetch: meterFetch((input, init) => globalThis.fetch(input, init)),
    run: runIn,
    lastCall: () => currentScope()?.last ?? null,
    remaining: async (budgetOptions, name = '') => {
      const [state] = await stores.budgets.states([scopeOf(budgetOptions, name)]);
      return state as ScopeState;
    },
    report: async (by, filter) => {
      await background.flush();
      return aggregate(stores.ledger, by, filter);
    },
    purge: async (tenant) => stores.cache.purge(tenant),
    setEnabled: (enabled) => {
      isEnabled = enabled;
    },
    flush: background.flush,
    close: async () => {
      isEnabled = false;
      await background.flush();
      await stores.close();
    },
  };
  return meter;
}

/** Through all layers, and through those alone that write down what happens. */
function sends(
  options: MeterOptions,
  stores: Stores,
  background: Background,
  providerAt: ReturnType<typeof createProviderLookup>,
): { readonly through: Send; readonly plain: Send } {
  const { features = {}, cache = {}, budgets = [], now = () => new Date() } = options;
  const featureOf = (feature: string | null): FeatureOptions => (feature === null ? {} : (features[feature] ?? {}));
  const emit: Emit = (event) => tell('onEvent', options.onEvent, event);
  const prices = createPrices({ overrides: options.prices ?? [], now });
  const ledger = createLedgerWriter({ store: stores.ledger, emit, background });
  const onResult = (result: CallResult, { scope }: Exchange): void => {
    if (scope !== null) scope.last = result;
    ledger.add(result);
    tell('onCall', options.onCall, result);
  };
  const keyOf = createKeyOf((feature) => {
    const { model, tier, outputLimit } = featureOf(feature);
    return [model, tier, outputLimit];
  });
  const refresh = async (exchange: Exchange): Promise<void> => {
    const reply = await through(refreshOf(exchange));
    // Nobody reads the answer but the cache.
    if (reply.body instanceof ReadableStream) await reply.body.pipeTo(new WritableStream());
  };

  const transport = createSend({ streamIdleTimeout: options.streamIdleTimeout ?? 30_000 });
  const outermost = observe({ onResult });
  const innermost = account({ prices });
  const layers: readonly Layer[] = [
    outermost,
    resolve({ aliases: options.aliases ?? {}, models: featureModels(options) }),
    ...(options.validate === undefined ? [] : [validate({ ...options.validate, prices, emit })]),
    ...(options.limits === undefined
      ? []
      : [rateLimit({ limits: options.limits, store: stores.rates, emit, background })]),
    deduplicate({ mode: options.deduplicate ?? 'shadow', keyOf }),
    exactCache({
      mode: cache.mode ?? 'shadow',
      store: stores.cache,
      keyOf,
      policyOf: (feature) => ({ ...cache, ...featureOf(feature).cache }),
      emit,
      background,
      refresh,
    }),
    ...(options.queue === undefined ? [] : [queue({ ...options.queue, emit })]),
    ...(options.route === undefined ? [] : [route({ ...options.route, tierOf: (feature) => featureOf(feature).tier })]),
    shape({ policyOf: (feature) => ({ ...options.shape, ...featureOf(feature) }), prices }),
    ...(options.layers ?? []),
    attempt({ ...options, providerAt, emit }),
    budget({
      budgets,
      store: stores.budgets,
      prices,
      emit,
      background,
      ...(options.lease !== undefined && { lease: options.lease }),
    }),
    innermost,
  ];
  const through = compose(layers, transport);
  return { through, plain: compose([outermost, innermost], transport) };
}

/** A listener's error is the application's, and must not become the call's. */
function tell<Value>(name: string, listener: ((value: Value) => void) | undefined, value: Value): void {
  try {
    listener?.(value);
  } catch (error) {
    process.emitWarning(`${name} threw: ${error}`, 'FarthingWarning');
  }
}

function featureModels({ features = {} }: MeterOptions): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(features).flatMap(([name, { model }]) => (model === undefined ? [] : [[name, model]])),
  );
}
