/** All layers in their order, from what the application said. */
import type { CallResult } from '../core/call-result.ts';
import type { Emit } from '../core/events.ts';
import { refreshOf } from '../core/exchange.ts';
import type { Feedback, FeedbackListener } from '../core/feedback.ts';
import { guard } from '../core/guard.ts';
import { compose, type Exchange, type Layer, type Reply, type Send } from '../core/pipeline.ts';
import { startPriceTable } from '../core/price-source.ts';
import { createPrices } from '../core/prices.ts';
import type { ProviderLookup } from '../core/provider-lookup.ts';
import { type Refusal, refuse } from '../core/refuse.ts';
import { createSend } from '../core/send.ts';
import { type AccountFor, createAccountFor } from '../layers/account/account.ts';
import { type Admission, createAdmission } from '../layers/budget/admission.ts';
import { reservationsOf } from '../layers/budget/budget.ts';
import type { FilledBudget } from '../layers/budget/options.ts';
import type { LayerTools } from '../layers/definition.ts';
import type { FeatureOptions } from '../layers/feature-options.ts';
import { createKeys } from '../layers/support/request-key.ts';
import { createPromptOf } from '../ledger/prompts.ts';
import { createLedgerWriter } from '../ledger/writer.ts';
import { type Alerts, createAlerts, deliver } from '../observe/alerts.ts';
import type { Stores } from '../stores/store.ts';
import type { Background } from '../support/background.ts';
import { quietTelemetry, tell } from './callbacks.ts';
import { type AnyDefinition, LAYERS } from './layers.ts';
import type { FilledOptions } from './schema.ts';

export interface Sends {
  /** Through all layers. */
  readonly through: Send;
  /** Through those alone that write down what happens. */
  readonly plain: Send;
  /** Refuses a call before it reaches any other layer. */
  readonly refuse: (exchange: Exchange, refusal: Refusal) => Promise<Reply>;
  /** For the lines of batches, which are asked at one time and answered at another. */
  readonly batch: BatchSends;
  /** What a call cost that went through neither. */
  readonly accountFor: AccountFor;
  /** Takes down a call that went through neither. */
  readonly onResult: (result: CallResult) => void;
  /** Whether what no layer sees may be sent. */
  readonly admission: Admission;
  /** Writes feedback to the ledger; false if it does not know the call. */
  readonly feedback: (call: string, feedback: Feedback) => Promise<boolean>;
  /** Replaces all budgets, from the next reservation on. */
  readonly setBudgets: (budgets: readonly FilledBudget[]) => void;
  readonly emit: Emit;
}

export interface BatchSends {
  /** Through the layers that may change or refuse a line before it is submitted; `end` gets it as it is submitted. */
  readonly admit: (end: Send) => Send;
  /** Through those that count and record its answer. */
  readonly settle: Send;
  /** Resolves when the ledger has what was settled. */
  readonly recorded: () => Promise<void>;
  /** Gives back what is reserved for a line that was not answered in a batch, by the id of its call. */
  readonly release: (call: string) => Promise<void>;
}

/** Layers that a line passes before it is submitted, and with its answer. The others are for requests that wait. */
const OF_ADMISSION: ReadonlySet<string> = new Set(['resolve', 'validate', 'shape', 'budget']);
const OBSERVE: ReadonlySet<string> = new Set(['observe']);
const OF_SETTLEMENT: ReadonlySet<string> = new Set(['observe', 'budget', 'account']);

/** Custom layers stand after the last layer of this stage. */
const BEFORE_CUSTOM = 'choose';

export function assemble(
  options: FilledOptions,
  stores: Required<Stores>,
  background: Background,
  providerAt: ProviderLookup,
): Sends {
  const now = (): number => options.now?.().getTime() ?? Date.now();
  const emit: Emit = (event) => tell('onEvent', options.onEvent, event);
  const { prices: overrides, discounts, deployments, priceTable } = options;
  const table = priceTable === undefined ? {} : { table: startPriceTable(priceTable, emit, background) };
  const prices = createPrices({ overrides, discounts, deployments, ...table, now });
  const ledger = createLedgerWriter({ store: stores.ledger, emit, background });
  const promptOf = createPromptOf(options.keepPrompts, emit);
  const alerts = alertsOf(options, background, emit, now);
  const byFeature = createByFeature(options.features);
  const onResult = (result: CallResult, prompt: string | null = null): void => {
    ledger.add(result, prompt);
    tell('alerts', alerts?.onResult, result);
    tell('onCall', options.onCall, result);
  };
  const tools: LayerTools = {
    prices,
    emit,
    background,
    stores,
    onStoreFailure: options.onStoreFailure,
    providerAt,
    telemetry: options.telemetry === undefined ? null : quietTelemetry(options.telemetry),
    keys: createKeys(
      byFeature(({ model, tier, outputLimit, context }) =>
        JSON.stringify([model, tier, outputLimit, ...(context === undefined ? [] : [context])]),
      ),
    ),
    byFeature,
    someFeature: (meets) => Object.values(options.features).some(meets),
    refresh: async (exchange) => {
      const reply = await through(refreshOf(exchange));
      // Only the cache reads the answer.
      if (reply.body instanceof ReadableStream) await reply.body.pipeTo(new WritableStream());
    },
    onResult: (result, exchange) => {
      exchange.onResult?.(result);
      onResult(result, promptOf(exchange, result));
    },
    onBudget: alerts?.onBudget ?? null,
    budgets: () => budgets,
    onFeedback: (listener) => void listeners.push(listener),
  };
  const listeners: FeedbackListener[] = [];

  let budgets = options.budgets;
  let guards = 0;
  const builtIn = LAYERS.flatMap((definition): readonly Placed[] => {
    const layer = createLayer(definition, options, tools);
    return layer === null ? [] : [{ definition, layer: guard(layer, guards++, emit) }];
  });
  const custom = options.layers.map((layer, index) =>
    guard({ name: layer.name || `layers[${index}]`, layer, isForeign: true }, guards++, emit),
  );
  const lastChosen = LAYERS.findLastIndex(({ stage }) => stage === BEFORE_CUSTOM);
  const isOuter = ({ definition }: Placed): boolean => LAYERS.indexOf(definition) <= lastChosen;
  const layers = [
    ...builtIn.filter(isOuter).map(({ layer }) => layer),
    ...custom,
    ...builtIn.filter((placed) => !isOuter(placed)).map(({ layer }) => layer),
  ];
  const transport = createSend(options);
  const through = compose(layers, transport);
  const [outermost, innermost] = [builtIn.at(0), builtIn.at(-1)];
  const plain = [outermost, innermost].flatMap((placed) => (placed === undefined ? [] : [placed.layer]));
  const admission = createAdmission({ budgets: () => budgets, unread: options.unread, emit });
  const accountFor = createAccountFor(prices);
  const setBudgets = (changed: readonly FilledBudget[]): void => {
    budgets = changed;
  };
  const only = (names: ReadonlySet<string>): readonly Layer[] =>
    builtIn.filter(({ definition }) => names.has(definition.name)).map(({ layer }) => layer);
  const feedback = async (call: string, said: Feedback): Promise<boolean> => {
    const row = await stores.ledger.get(call);
    if (row === null) return false;
    await stores.ledger.append([{ ...row, feedback: said }]);
    for (const listener of listeners) listener(row, said);
    return true;
  };
  const refuseCall: Sends['refuse'] = (exchange, refusal) =>
    compose(only(OBSERVE), async (observed) => refuse(observed, refusal, emit))(exchange);
  const batch: BatchSends = {
    admit: (end) => compose(only(OF_ADMISSION), end),
    settle: compose(only(OF_SETTLEMENT), transport),
    recorded: ledger.written,
    release: async (call) => {
      for (const id of reservationsOf(call)) await stores.budgets.settle(id, 0);
    },
  };
  return {
    through,
    plain: compose(plain, transport),
    refuse: refuseCall,
    batch,
    accountFor,
    onResult,
    admission,
    feedback,
    setBudgets,
    emit,
  };
}

interface Placed {
  readonly definition: AnyDefinition;
  readonly layer: Layer;
}

/** Each definition reads its own of all options. */
function createLayer({ name, create, isIdle, onFailure }: AnyDefinition, options: FilledOptions, tools: LayerTools) {
  const layer = create(options as never, tools);
  if (layer === null) return null;
  return {
    name,
    layer,
    isIdle: isIdle && (() => isIdle(tools)),
    effect: onFailure && (() => onFailure(options as never, tools)),
  };
}

function createByFeature(features: Readonly<Record<string, FeatureOptions>>): LayerTools['byFeature'] {
  return (make) => {
    const known = new Map(Object.entries(features).map(([name, own]) => [name, make(own)]));
    const others = make({});
    return (feature) => {
      const ofFeature = feature === null ? undefined : known.get(feature);
      return ofFeature === undefined ? others : ofFeature;
    };
  };
}

function alertsOf(options: FilledOptions, background: Background, emit: Emit, now: () => number): Alerts | null {
  const { alerts } = options;
  if (alerts === undefined) return null;
  return createAlerts(
    alerts,
    (alert) => {
      const failed = (error: unknown): void => emit({ type: 'alert-failed', message: alert.message, error });
      background.add(deliver(alert, alerts.to).catch(failed));
    },
    now,
  );
}
