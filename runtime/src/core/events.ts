/** What happens in the runtime, for whoever observes it: alerts, logs, tests. Layers emit and never log. */

/** What a failure inside the runtime meant for the call. `open`: it went on; `closed`: it was refused, or counted in full. */
export type Effect = 'open' | 'closed';

export type MeterEvent =
  | {
      readonly type: 'refused';
      readonly call: string;
      readonly layer: string;
      readonly feature: string | null;
      readonly message: string;
    }
  /** A soft cap was passed: the call went on. */
  | { readonly type: 'over-budget'; readonly call: string; readonly feature: string | null; readonly message: string }
  /** An answer cost more than was reserved for it (nano-dollars): the provider counted otherwise than it promises. */
  | { readonly type: 'over-reserved'; readonly call: string; readonly reserved: number; readonly spent: number }
  /** A store did not answer. */
  | { readonly type: 'store-failed'; readonly layer: string; readonly effect: Effect; readonly error: unknown }
  /** What a store did not take for so long that it was given up. */
  | { readonly type: 'store-lost'; readonly layer: string; readonly count: number }
  /** A layer, or a function of the application's that it calls, threw. `call` is null where no call had begun. */
  | {
      readonly type: 'layer-failed';
      readonly call: string | null;
      readonly layer: string;
      readonly effect: Effect;
      readonly error: unknown;
    }
  /** A price table could not be read, or not all of it: the last one that could holds. */
  | { readonly type: 'prices-failed'; readonly from: string; readonly error: unknown }
  /** A request under a hard budget that could not be read: it was refused, or sent uncounted. */
  | {
      readonly type: 'unread';
      readonly feature: string | null;
      readonly address: string;
      readonly effect: Effect;
      readonly message: string;
    }
  /** `x-farthing-*` headers of a request that did not come with the meter's secret. */
  | { readonly type: 'headers-ignored'; readonly names: readonly string[] }
  /** An alert could not be delivered. */
  | { readonly type: 'alert-failed'; readonly message: string; readonly error: unknown };

export type Emit = (event: MeterEvent) => void;
