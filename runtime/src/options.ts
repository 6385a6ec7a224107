/** What an application says when it makes a meter. Everything has a default, and none needs a server. */
import type { PriceOverride } from '@farthing/shared/catalogue/catalogue';
import type { ProviderName } from '@farthing/shared/vocabulary';
import type { CallResult } from './call-record.ts';
import type { Layer } from './pipeline.ts';

export interface FeatureOptions {
  /** A model, or an alias, whatever the feature's requests ask for. */
  readonly model?: string;
}

export interface MeterOptions {
  /** What the application knows of its features, by name. */
  readonly features?: Readonly<Record<string, FeatureOptions>>;
  /** Names that stand for models: no model's own name has to be in the application. */
  readonly aliases?: Readonly<Record<string, string>>;
  /** Prices over the table's, in dollars per million tokens; a model of one's own server is declared here, 0 allowed. */
  readonly prices?: readonly PriceOverride[];
  /** Who is paid at an address: by host, or by the beginning of a URL. */
  readonly hosts?: Readonly<Record<string, ProviderName>>;
  /** Milliseconds without a byte after which a stream is ended; 30,000 unless told, `Infinity` for never. */
  readonly streamIdleTimeout?: number;
  /** Called when a call has ended. It may throw: nothing of the call depends on it. */
  readonly onCall?: (result: CallResult) => void;
  /** Layers of one's own, innermost last, between the runtime's own layers and the provider. */
  readonly layers?: readonly Layer[];
  /** The clock, for tests. */
  readonly now?: () => Date;
}
