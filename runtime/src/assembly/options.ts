import type { Discount, PriceOverride } from '@farthing/shared/catalogue/catalogue';
import { RATES, type RateName } from '@farthing/shared/rates';
import { FEES, PROVIDERS, type ProviderName } from '@farthing/shared/vocabulary';
import type { CallResult } from '../core/call-result.ts';
import type { MeterEvent } from '../core/events.ts';
import type { Layer } from '../core/pipeline.ts';
import { HOUR, type PriceTableOptions } from '../core/price-source.ts';
import type { AnswerCacheOptions } from '../layers/answer-cache/definition.ts';
import type { AttemptOptions } from '../layers/attempt/options.ts';
import type { BudgetLayerOptions } from '../layers/budget/definition.ts';
import type { DeduplicateOptions } from '../layers/deduplicate/definition.ts';
import type { StoreFailureOptions } from '../layers/definition.ts';
import type { ExperimentLayerOptions } from '../layers/experiment/definition.ts';
import type { FeatureOptions } from '../layers/feature-options.ts';
import type { QueueLayerOptions } from '../layers/queue/definition.ts';
import type { RateLimitOptions } from '../layers/rate-limit/definition.ts';
import type { ResolveOptions } from '../layers/resolve/definition.ts';
import type { RouteLayerOptions } from '../layers/route/definition.ts';
import type { ShapeOptions } from '../layers/shape/definition.ts';
import type { ValidateLayerOptions } from '../layers/validate/definition.ts';
import type { KeepPrompts } from '../ledger/prompts.ts';
import type { AlertOptions } from '../observe/alerts.ts';
import type { Telemetry } from '../observe/open-telemetry.ts';
import type { Stores } from '../stores/store.ts';
import {
  byDefault,
  either,
  fun,
  having,
  listOf,
  milliseconds,
  number,
  object,
  oneOf,
  recordOf,
  required,
  secret,
  such,
  text,
} from '../support/schema.ts';
import type { StreamUsage } from '../wire/stream-usage.ts';

/** What holds for all layers, and what surrounds them. */
export interface GeneralOptions {
  /** Options of single features, by name. Default: none. */
  readonly features?: Readonly<Record<string, FeatureOptions>>;
  /**
   * Prices that override the price table, in dollars per million tokens. Declare a model of your own server here; 0 is
   * allowed. Default: none.
   */
  readonly prices?: readonly PriceOverride[];
  /**
   * What a contract takes off list prices, by provider, model or both: `{ provider: 'azure', discount: 0.15 }` is 15% off. The
   * first that matches holds. Default: none.
   */
  readonly discounts?: readonly Discount[];
  /** Models by the names of their deployments: `{ 'prod-chat': 'gpt-4o' }`. Default: a deployment is named after its model. */
  readonly deployments?: Readonly<Record<string, string>>;
  /** A newer price table than the built-in one, read again while calls run. Default: none. */
  readonly priceTable?: PriceTableOptions;
  /** The provider that is paid at an address, by host or by the beginning of a URL. Default: the known hosts. */
  readonly hosts?: Readonly<Record<string, ProviderName>>;
  /**
   * What happens to a call when a store does not answer: `open` lets it go on without the layer, `closed` refuses it. The
   * event `store-failed` says which it was. Default: hard budgets are closed, everything else is open.
   */
  readonly onStoreFailure?: StoreFailureOptions;
  /** A SQLite file for everything that is kept, shared by the processes of one machine. Default: memory. */
  readonly path?: string;
  /** Stores in place of `path`: `redisStores(...)`, `postgresStores(...)`, or a mix. Default: memory. */
  readonly stores?: Stores;
  /** Milliseconds without a byte after which a stream is ended. Default: no limit. */
  readonly streamIdleTimeout?: number;
  /** Milliseconds that a stream may take in all, once it has begun. Default: no limit. */
  readonly streamTimeout?: number;
  /**
   * Asks streams of completions for their usage (`stream_options.include_usage`), which is then hidden from the reader:
   * `known` where the provider and API version are known to take it, `always`, or `never`. A stream that does not say what
   * it used has an `assumed` cost. Default: `known`.
   */
  readonly streamUsage?: StreamUsage;
  /** Called when a call has ended. If it throws, the call is unaffected. Default: none. */
  readonly onCall?: (result: CallResult) => void;
  /**
   * Called with the text of each request; the ledger keeps what it returns, or nothing for null. If it throws, nothing is
   * kept and the event `layer-failed` says so. Default: no prompt is kept.
   */
  readonly keepPrompts?: KeepPrompts;
  /** Spans and metrics: `openTelemetry(api)`. Default: none. */
  readonly telemetry?: Telemetry;
  /** Alerts on budgets that are nearly used up, spikes in spending, and errors in too many calls. Default: none. */
  readonly alerts?: AlertOptions;
  /** Milliseconds for which the ledger keeps its rows. Default: forever. */
  readonly retention?: number;
  /** Called for refusals, passed soft caps, and stores and layers that fail. Default: none. */
  readonly onEvent?: (event: MeterEvent) => void;
  /**
   * Custom layers, outermost first, between the caches and the attempts. If a layer throws before it calls `next`, it is
   * skipped; if it throws later, the answer that came back is used. Default: none.
   */
  readonly layers?: readonly Layer[];
  /** The clock that prices go by, for tests. Default: the current time. */
  readonly now?: () => Date;
}

/** Everything that can be said of the pipeline. Every option has a default, and none needs a server. */
export interface PipelineOptions
  extends GeneralOptions,
    ResolveOptions,
    ExperimentLayerOptions,
    ValidateLayerOptions,
    RateLimitOptions,
    DeduplicateOptions,
    AnswerCacheOptions,
    QueueLayerOptions,
    RouteLayerOptions,
    ShapeOptions,
    AttemptOptions,
    BudgetLayerOptions {}

const effectSchema = oneOf(['open', 'closed']);

const dollars = number({ min: 0 });
const rates = Object.fromEntries(RATES.map((name) => [name, dollars])) as Record<RateName, typeof dollars>;

const priceSchema = object<PriceOverride>(
  'PriceOverride',
  {
    model: required(text()),
    provider: oneOf(PROVIDERS),
    ...rates,
    input: required(dollars),
    fees: object(
      'Fees',
      Object.fromEntries(FEES.map((name) => [name, dollars])),
      'Dollars for one use. Default: the list price.',
    ),
  },
  'Dollars per million tokens of this kind. Default: in proportion to the list price.',
);

const discountSchema = object<Discount>('Discount', {
  provider: oneOf(PROVIDERS),
  model: text(),
  discount: required(number({ min: -1, max: 1 })),
});

const priceTableSchema = object<PriceTableOptions, 'every'>('PriceTableOptions', {
  from: required(text()),
  every: byDefault(HOUR, milliseconds({ min: 1000 })),
});

const share = number({ min: 0, max: 1 });

const alertsSchema = object<AlertOptions, 'budgetShares' | 'spikeFactor' | 'errorRate' | 'cacheShareDrop'>(
  'AlertOptions',
  {
    budgetShares: byDefault([0.8, 1], listOf(share)),
    spikeFactor: byDefault(3, number({ above: 1 })),
    errorRate: byDefault(0.05, share),
    cacheShareDrop: byDefault(0.5, share),
    // A webhook's address is often its key.
    to: required(secret(either<AlertOptions['to']>(fun(), such('the URL of a webhook, https://host/path', isUrl)))),
  },
);

function isUrl(input: unknown): boolean {
  return typeof input === 'string' && /^https?:$/.test(URL.parse(input)?.protocol ?? '');
}

/** "https://" and "*.example.com" would match no address. */
const hostSchema = such<string>('a host or the beginning of a URL, without wildcards', (input) => {
  const host = String(input).replace(/^[a-z+]+:\/\//i, '');
  return /^[^\s/*][^\s*]*$/.test(host);
});

const STORE_NAMES = ['budgets', 'cache', 'rates', 'ledger'];

const storesSchema = such<Stores>(`stores with ${STORE_NAMES.join(', ')} and close`, (input) => {
  if (typeof input !== 'object' || input === null) return false;
  const stores = input as Readonly<Record<string, unknown>>;
  return typeof stores.close === 'function' && STORE_NAMES.every((name) => typeof stores[name] === 'object');
});

/** @param feature the schema of one feature's options, which the layers have together */
export function generalFields(feature: Parameters<typeof recordOf<FeatureOptions>>[0]) {
  return {
    features: byDefault({}, recordOf(feature)),
    prices: byDefault([], listOf(priceSchema)),
    discounts: byDefault([], listOf(discountSchema)),
    deployments: byDefault({}, recordOf(text())),
    priceTable: priceTableSchema,
    hosts: byDefault({}, recordOf(oneOf(PROVIDERS), hostSchema)),
    onStoreFailure: byDefault(
      {},
      object<StoreFailureOptions>('StoreFailureOptions', {
        budgets: effectSchema,
        limits: effectSchema,
        cache: effectSchema,
      }),
    ),
    path: text(),
    stores: storesSchema,
    streamIdleTimeout: byDefault(Infinity, milliseconds({ above: 0, isEndless: true })),
    streamTimeout: byDefault(Infinity, milliseconds({ above: 0, isEndless: true })),
    streamUsage: byDefault('known', oneOf<StreamUsage>(['known', 'always', 'never'])),
    onCall: fun<(result: CallResult) => void>(),
    keepPrompts: fun<KeepPrompts>(),
    telemetry: having<Telemetry>('openTelemetry(api)', ['begin']),
    alerts: alertsSchema,
    retention: milliseconds(),
    onEvent: fun<(event: MeterEvent) => void>(),
    layers: byDefault([], listOf(fun<Layer>())),
    now: fun<() => Date>(),
  };
}
