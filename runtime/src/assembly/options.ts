/** What an application says when it makes a meter. Everything has a default, and none needs a server. */
import type { PriceOverride } from '@farthing/shared/catalogue/catalogue';
import type { ProviderName } from '@farthing/shared/vocabulary';
import type { CallResult } from '../core/call-result.ts';
import type { Effect, MeterEvent } from '../core/events.ts';
import type { Layer } from '../core/pipeline.ts';
import type { CachePolicy } from '../layers/answer-cache/answer-cache.ts';
import type { AttemptOptions } from '../layers/attempt/attempt.ts';
import type { BudgetOptions } from '../layers/budget/rules.ts';
import type { QueueOptions } from '../layers/queue/queue.ts';
import type { RateOptions } from '../layers/rate-limit/rate-limit.ts';
import type { RouteOptions } from '../layers/route/route.ts';
import type { ShapePolicy } from '../layers/shape/shape.ts';
import type { Mode } from '../layers/support/mode.ts';
import type { ValidateOptions } from '../layers/validate/validate.ts';
import type { KeepPrompts } from '../ledger/prompts.ts';
import type { AlertOptions } from '../observe/alerts.ts';
import type { Telemetry } from '../observe/open-telemetry.ts';
import type { BudgetStore, CacheStore, Closable, LedgerStore, RateStore } from '../stores/store.ts';
import type { StreamUsage } from '../wire/stream-usage.ts';

export interface FeatureOptions extends ShapePolicy {
  /** A model, or an alias, whatever the feature's requests ask for. */
  readonly model?: string;
  /** The tier of its requests, or `auto`, which looks at each; see `route`. */
  readonly tier?: string;
  /** What the exact cache keeps of this feature, over what it keeps of all. */
  readonly cache?: CachePolicy;
}

/** Everything that is kept, over one connection or several. */
export interface Stores extends Closable {
  readonly budgets: BudgetStore;
  readonly cache: CacheStore;
  readonly rates: RateStore;
  readonly ledger: LedgerStore;
}

export interface PipelineOptions extends AttemptOptions {
  /** What the application knows of its features, by name. */
  readonly features?: Readonly<Record<string, FeatureOptions>>;
  /** Names that stand for models: no model's own name has to be in the application. */
  readonly aliases?: Readonly<Record<string, string>>;
  /** Prices over the table's, in dollars per million tokens; a model of one's own server is declared here, 0 allowed. */
  readonly prices?: readonly PriceOverride[];
  /** Who is paid at an address: by host, or by the beginning of a URL. */
  readonly hosts?: Readonly<Record<string, ProviderName>>;
  /** Requests that are refused before they cost anything. None unless told. */
  readonly validate?: ValidateOptions;
  /** Requests and tokens in a time. None unless told. */
  readonly limits?: readonly RateOptions[];
  /** How many requests run at once, and how many wait. No bound unless told. */
  readonly queue?: QueueOptions;
  /** Models by tier, for features that have one. */
  readonly route?: RouteOptions;
  /** Output limits and cache marks for all features; a feature's own stand over them. */
  readonly shape?: ShapePolicy;
  /** Caps on spending. None unless told. */
  readonly budgets?: readonly BudgetOptions[];
  /** Milliseconds after which a reservation that nobody settled counts as spent; 10 minutes unless told. */
  readonly lease?: number;
  /** Answers from what was answered before. It only watches (`shadow`) unless told `on`. */
  readonly cache?: CachePolicy & { readonly mode?: Mode };
  /** One answer for identical requests in flight. It only watches (`shadow`) unless told `on`. */
  readonly deduplicate?: Mode;
  /**
   * What becomes of a call when a store does not answer: `open` lets it go on without the layer, `closed` refuses it.
   * Hard budgets are closed unless told, since no cap can be kept without its store; soft budgets, limits and caches are
   * open. The event `store-failed` says which it was.
   */
  readonly onStoreFailure?: { readonly budgets?: Effect; readonly limits?: Effect; readonly cache?: Effect };
  /** A SQLite file for everything that is kept, shared by the processes of one machine. In memory unless told. */
  readonly path?: string;
  /** Stores of one's own choice, in place of `path`: `redisStores(...)`, `postgresStores(...)`, or a mix. */
  readonly stores?: Stores;
  /** Milliseconds without a byte after which a stream is ended; 30,000 unless told, `Infinity` for never. */
  readonly streamIdleTimeout?: number;
  /** Milliseconds that a stream may take in all, once it has begun; no limit unless told. */
  readonly streamTimeout?: number;
  /**
   * Which streams of completions are asked for their usage (`stream_options.include_usage`), which their reader is then not
   * shown. Default: `known`, those of providers and API versions that are known to take it. `always` asks everywhere,
   * `never` nowhere: a stream that does not say what it used has an `assumed` cost.
   */
  readonly streamUsage?: StreamUsage;
  /** Called when a call has ended. It may throw: nothing of the call depends on it. */
  readonly onCall?: (result: CallResult) => void;
  /**
   * What the ledger keeps of a prompt, redacted by this: the text that it answers, nothing for null. None is kept unless
   * told. Where it throws nothing is kept of that call, and the event `layer-failed` says so.
   */
  readonly keepPrompts?: KeepPrompts;
  /** Spans and metrics: `openTelemetry(api)`. */
  readonly telemetry?: Telemetry;
  /** Budgets that are nearly used up, spikes in spending, errors in too many calls. */
  readonly alerts?: AlertOptions;
  /** Milliseconds for which the ledger keeps its rows; for ever unless told. */
  readonly retention?: number;
  /** Called for refusals, passed soft caps, and stores and layers that fail. It may throw as well. */
  readonly onEvent?: (event: MeterEvent) => void;
  /**
   * Layers of one's own, innermost last, between the runtime's caches and its attempts. One that throws is left out of
   * the call; one that throws when it has passed the request on is answered for with what came back.
   */
  readonly layers?: readonly Layer[];
  /** The clock that prices go by, for tests. */
  readonly now?: () => Date;
}
