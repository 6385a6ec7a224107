import type { CachePolicy } from './answer-cache/options.ts';
import type { ShapePolicy } from './shape/options.ts';

/** Options for one feature of the application. */
export interface FeatureOptions extends ShapePolicy {
  /** The model, or an alias of one, for all requests of this feature. Default: the model of the request. */
  readonly model?: string;
  /**
   * A tier of `route`, `auto` to choose one for each request, or `cascade` to ask one after the other until an answer is
   * accepted. Default: none, the request's model stays.
   */
  readonly tier?: string;
  /** What the cache keeps of this feature, over what `cache` says. */
  readonly cache?: CachePolicy;
}
