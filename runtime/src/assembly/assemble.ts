/** All layers in their order, from what the application said. */

import type { CallResult } from '../core/call-result.ts';
import { MeterError } from '../core/errors.ts';
import type { Effect, Emit } from '../core/events.ts';
import { refreshOf } from '../core/exchange.ts';
import { guard } from '../core/guard.ts';
import { compose, type Exchange, type Layer, type Send } from '../core/pipeline.ts';
import { createPrices } from '../core/prices.ts';
import type { ProviderLookup } from '../core/provider-lookup.ts';
import { createSend } from '../core/send.ts';
import { account } from '../layers/account/account.ts';
import { exactCache } from '../layers/answer-cache/answer-cache.ts';
import { attempt } from '../layers/attempt/attempt.ts';
import { budget } from '../layers/budget/budget.ts';
import { isHard } from '../layers/budget/rules.ts';
import { deduplicate } from '../layers/deduplicate/deduplicate.ts';
import { observe } from '../layers/observe/observe.ts';
import { queue } from '../layers/queue/queue.ts';
import { rateLimit } from '../layers/rate-limit/rate-limit.ts';
import { resolve } from '../layers/resolve/resolve.ts';
import { route } from '../layers/route/route.ts';
import { shape } from '../layers/shape/shape.ts';
import { createKeys } from '../layers/support/request-key.ts';
import { validate } from '../layers/validate/validate.ts';
import { createPromptOf } from '../ledger/prompts.ts';
import { createLedgerWriter } from '../ledger/writer.ts';
import { type Alerts, createAlerts, deliver } from '../observe/alerts.ts';
import type { Background } from '../support/background.ts';
import { quietTelemetry, tell } from './callbacks.ts';
import type { FeatureOptions, PipelineOptions, Stores } from './options.ts';

export interface Sends {
  /** Through all layers. */
  readonly through: Send;
  /** Through those alone that write down what happens. */
  readonly plain: Send;
  /** Takes down a call that went through neither. */
  readonly onResult: (result: CallResult) => void;
  readonly emit: Emit;
}

const STREAM_IDLE_TIMEOUT = 30_000;

export function assemble(
  options: PipelineOptions,
  stores: Stores,
  background: Background,
  providerAt: ProviderLookup,
): Sends {
  const { features = {}, cache = {}, budgets = [], onStoreFailure = {} } = options;
  const now = (): number => options.now?.().getTime() ?? Date.now();
  const emit: Emit = (event) => tell('onEvent', options.onEvent, event);
  const prices = createPrices({ overrides: options.prices ?? [], now });
  const ledger = createLedgerWriter({ store: stores.ledger, emit, background });
  const promptOf = createPromptOf(options.keepPrompts, emit);
  const alerts = alertsOf(options, background, emit, now);
  const onResult = (result: CallResult, prompt: string | null = null): void => {
    ledger.add(result, prompt);
    tell('alerts', alerts?.onResult, result);
    tell('onCall', options.onCall, result);
  };
  const { placeOf, keyOf, rememberedKeyOf } = createKeys(
    byFeature(features, ({ model, tier, outputLimit }) => JSON.stringify([model, tier, outputLimit])),
  );
  const refresh = async (exchange: Exchange): Promise<void> => {
    const reply = await through(refreshOf(exchange));
    // Nobody reads the answer but the cache.
    if (reply.body instanceof ReadableStream) await reply.body.pipeTo(new WritableStream());
  };

  const { streamIdleTimeout = STREAM_IDLE_TIMEOUT, streamTimeout = Infinity, streamUsage = 'known' } = options;
  const transport = createSend({ streamIdleTimeout, streamTimeout, streamUsage });
  let guards = 0;
  const guarded = (name: string, layer: Layer, effect?: Effect): Layer =>
    guard({ name, layer, effect }, guards++, emit);
  const foreign = (layer: Layer, index: number): Layer =>
    guard({ name: layer.name || `layers[${index}]`, layer, isForeign: true }, guards++, emit);
  const telemetry = options.telemetry === undefined ? null : quietTelemetry(options.telemetry);
  const outermost = guarded(
    'observe',
    observe({
      onResult: (result, exchange) => {
        exchange.onResult?.(result);
        onResult(result, promptOf(exchange, result));
      },
      telemetry,
    }),
  );
  const innermost = guarded('account', account({ prices }));
  const layers: readonly Layer[] = [
    outermost,
    guarded('resolve', resolve({ aliases: options.aliases ?? {}, models: featureModels(options) })),
    ...(options.validate === undefined ? [] : [guarded('validate', validate({ ...options.validate, prices, emit }))]),
    ...(options.limits === undefined
      ? []
      : [
          guarded(
            'rate-limit',
            rateLimit({
              limits: options.limits,
              store: stores.rates,
              onStoreFailure: onStoreFailure.limits ?? 'open',
              emit,
              background,
            }),
          ),
        ]),
    guarded('deduplicate', deduplicate({ mode: options.deduplicate ?? 'shadow', placeOf })),
    guarded(
      'exact-cache',
      exactCache({
        mode: cache.mode ?? 'shadow',
        store: stores.cache,
        onStoreFailure: onStoreFailure.cache ?? 'open',
        // A cache that only watches has many requests that never come again.
        keyOf: cache.mode === 'on' ? rememberedKeyOf : keyOf,
        policyOf: byFeature(features, (own) => ({ ...cache, ...own.cache })),
        emit,
        background,
        refresh,
      }),
    ),
    ...(options.queue === undefined ? [] : [guarded('queue', queue({ ...options.queue, emit }))]),
    ...(options.route === undefined
      ? []
      : [guarded('route', route({ ...options.route, prices, tierOf: byFeature(features, ({ tier }) => tier) }))]),
    guarded('shape', shape({ policyOf: byFeature(features, (own) => ({ ...options.shape, ...own })), prices })),
    ...(options.layers ?? []).map(foreign),
    guarded('attempt', attempt({ ...options, providerAt, emit })),
    guarded(
      'budget',
      budget({
        budgets,
        store: stores.budgets,
        onStoreFailure: onStoreFailure.budgets ?? null,
        prices,
        emit,
        background,
        onState: alerts?.onBudget ?? null,
        ...(options.lease !== undefined && { lease: options.lease }),
      }),
      onStoreFailure.budgets ?? (budgets.some(isHard) ? 'closed' : 'open'),
    ),
    innermost,
  ];
  const through = compose(layers, transport);
  return { through, plain: compose([outermost, innermost], transport), onResult, emit };
}

/** What is made of a feature's options: once for each that has any, and once for all others. */
function byFeature<Value>(
  features: Readonly<Record<string, FeatureOptions>>,
  make: (own: FeatureOptions) => Value,
): (feature: string | null) => Value {
  const known = new Map(Object.entries(features).map(([name, own]) => [name, make(own)]));
  const others = make({});
  return (feature) => (feature !== null && known.has(feature) ? (known.get(feature) as Value) : others);
}

function alertsOf(options: PipelineOptions, background: Background, emit: Emit, now: () => number): Alerts | null {
  const { alerts } = options;
  if (alerts === undefined) return null;
  // A webhook's address is often its key: an error of fetch would quote it.
  if (typeof alerts.to === 'string' && !URL.canParse(alerts.to)) {
    throw new MeterError('alerts: `to` is no URL. Name the webhook as https://host/path, or hand over a function.');
  }
  return createAlerts(
    alerts,
    (alert) => {
      const failed = (error: unknown): void => emit({ type: 'alert-failed', message: alert.message, error });
      background.add(deliver(alert, alerts.to).catch(failed));
    },
    now,
  );
}

function featureModels({ features = {} }: PipelineOptions): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(features).flatMap(([name, { model }]) => (model === undefined ? [] : [[name, model]])),
  );
}
