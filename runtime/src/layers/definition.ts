/**
 * The definition of a layer: its name, its place, its options, and how to create it. `assembly/` sorts the definitions
 * by stage and composes the layers they create.
 */
import type { CallResult } from '../core/call-result.ts';
import type { Effect, Emit } from '../core/events.ts';
import type { FeedbackListener } from '../core/feedback.ts';
import type { Exchange, Layer } from '../core/pipeline.ts';
import type { Prices } from '../core/prices.ts';
import type { ProviderLookup } from '../core/provider-lookup.ts';
import type { Telemetry } from '../observe/open-telemetry.ts';
import type { ScopeState, Stores } from '../stores/store.ts';
import type { Background } from '../support/background.ts';
import type { Schema } from '../support/schema.ts';
import type { FilledBudget } from './budget/options.ts';
import type { FeatureOptions } from './feature-options.ts';
import type { Keys } from './support/request-key.ts';

/**
 * The order of layers, from the application to the provider: observe the call, admit or refuse it, answer it from
 * another one, let it wait, choose who answers, send it.
 */
export const STAGES = ['observe', 'admit', 'answer', 'queue', 'choose', 'send'] as const;
export type Stage = (typeof STAGES)[number];

export type StoreName = Exclude<keyof Stores, 'close'>;

export interface LayerDefinition<Options = never, Store extends StoreName = never> {
  readonly name: string;
  readonly stage: Stage;
  /** By name, as `createMeter` accepts them. */
  readonly options: OptionFields;
  /** Options that can be set per feature, under `features`. */
  readonly featureOptions?: OptionFields;
  /** The stores that the layer uses. */
  readonly stores: readonly Store[];
  /** Null if no option asks for the layer. */
  readonly create: (options: Options, tools: LayerTools<Store>) => Layer | null;
  /** True while the layer has nothing to do: calls then pass it by. Default: never. */
  readonly isIdle?: (tools: LayerTools<Store>) => boolean;
  /** What happens to a call if the layer fails before it has passed the request on. Default: `open`. */
  readonly onFailure?: (options: Options, tools: LayerTools<Store>) => Effect;
}

export type OptionFields = Readonly<Record<string, Schema<unknown>>>;

type Read<Fields extends OptionFields> = {
  readonly [Name in keyof Fields]: Fields[Name] extends Schema<infer Value>
    ? Value | MissingWithout<Fields[Name]>
    : never;
};

/** An option without a default may be missing. */
type MissingWithout<Field> = Field extends { readonly fallback: unknown } ? never : undefined;

/** What layers receive besides their options. */
export interface LayerTools<Store extends StoreName = StoreName> {
  readonly prices: Prices;
  readonly emit: Emit;
  readonly background: Background;
  readonly stores: Pick<Required<Stores>, Store>;
  readonly onStoreFailure: StoreFailureOptions;
  readonly providerAt: ProviderLookup;
  readonly telemetry: Telemetry | null;
  readonly keys: Keys;
  /** Computes a value from a feature's options: once for each feature that has any, and once for all others. */
  readonly byFeature: <Value>(make: (own: FeatureOptions) => Value) => (feature: string | null) => Value;
  /** True if the options of a feature meet a condition. */
  readonly someFeature: (meets: (own: FeatureOptions) => boolean) => boolean;
  /** Sends the request again, as a separate call. */
  readonly refresh: (exchange: Exchange) => Promise<void>;
  /** Called with each call that has ended. */
  readonly onResult: (result: CallResult, exchange: Exchange) => void;
  /** Called with the state of caps, if anything listens. */
  readonly onBudget: ((state: ScopeState) => void) | null;
  /** Registers what is called with feedback, and with the call as it was before. */
  readonly onFeedback: (listener: FeedbackListener) => void;
  /** The current budgets, which can change while calls run. */
  readonly budgets: () => readonly FilledBudget[];
}

export interface StoreFailureOptions {
  /** Default: `closed` where a budget is hard, and `open` elsewhere. */
  readonly budgets?: Effect;
  /** Default: `open`. */
  readonly limits?: Effect;
  /** Default: `open`. */
  readonly cache?: Effect;
}

interface Stated<Fields extends OptionFields, Store extends StoreName>
  extends Omit<LayerDefinition<Read<Fields>, Store>, 'options' | 'stores'> {
  readonly options: Fields;
  readonly stores?: readonly Store[];
}

/** A definition whose `create` receives the options as its schema reads them. */
export function defineLayer<const Fields extends OptionFields, Store extends StoreName = never>(
  stated: Stated<Fields, Store>,
): LayerDefinition<Read<Fields>, Store> & { readonly options: Fields } {
  return { stores: [], ...stated };
}
