/** What happens in the runtime, for whoever observes it: alerts, logs, tests. Layers emit and never log. */

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
  /** A store did not answer. `open`: the layer let the call through without it; `closed`: it refused. */
  | {
      readonly type: 'store-failed';
      readonly layer: string;
      readonly effect: 'open' | 'closed';
      readonly error: unknown;
    }
  /** An alert could not be delivered. */
  | { readonly type: 'alert-failed'; readonly message: string; readonly error: unknown };

export type Emit = (event: MeterEvent) => void;
