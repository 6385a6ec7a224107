/** Everything that happens in the runtime, for observers: alerts, logs, tests. Layers emit events and never log. */

/** The effect of an internal failure on the call. `open`: it went on; `closed`: it was refused, or counted in full. */
export type Effect = 'open' | 'closed';

/**
 * How two answers compare: equal texts, equal JSON in different texts, or different texts, which may still say the same.
 * `unknown`: one of them has no text, or one that cannot be read.
 */
export type Agreement = 'same-text' | 'same-json' | 'different-text' | 'unknown';

export type MeterEvent =
  | {
      readonly type: 'refused';
      readonly call: string;
      readonly layer: string;
      readonly feature: string | null;
      readonly message: string;
    }
  /** A soft cap was exceeded; the call went on. */
  | { readonly type: 'over-budget'; readonly call: string; readonly feature: string | null; readonly message: string }
  /**
   * An answer cost more than was reserved for it (nano-dollars), because the provider billed more than it promised.
   */
  | { readonly type: 'over-reserved'; readonly call: string; readonly reserved: number; readonly spent: number }
  /** The treatment of an experiment is worse than is tolerated: all calls are as they would be without it from now on. */
  | { readonly type: 'experiment-stopped'; readonly experiment: string; readonly reason: string }
  /** A store did not answer. */
  | { readonly type: 'store-failed'; readonly layer: string; readonly effect: Effect; readonly error: unknown }
  /** Data that was dropped because a store did not accept it for too long. */
  | { readonly type: 'store-lost'; readonly layer: string; readonly count: number }
  /** A layer threw, or one of the application's functions that it calls. `call` is null if no call had begun. */
  | {
      readonly type: 'layer-failed';
      readonly call: string | null;
      readonly layer: string;
      readonly effect: Effect;
      readonly error: unknown;
    }
  /**
   * A stored question that means the same as the question of this call. In shadow mode its answer was not served, and
   * `agreement` says how it compares with the real one; otherwise it was served, and `agreement` is null.
   */
  | {
      readonly type: 'similar';
      readonly call: string;
      readonly feature: string | null;
      readonly isShadow: boolean;
      readonly question: string;
      readonly stored: string;
      /** The cosine of the angle between the two embeddings. */
      readonly similarity: number;
      /**
       * What found them the same. Null, in shadow mode with `maxWrong`, if nothing did: the pair is told for the training
       * of your own model.
       */
      readonly by: 'rules' | 'verifier' | 'model' | null;
      /** The stored answer, for `meter.purge({ entry })`. */
      readonly entry: string;
      readonly agreement: Agreement | null;
    }
  /** A price table could not be read completely; the previous one stays in use. */
  | { readonly type: 'prices-failed'; readonly from: string; readonly error: unknown }
  /** A request under a hard budget that could not be read: it was refused, or sent uncounted. */
  | {
      readonly type: 'unread';
      readonly feature: string | null;
      readonly address: string;
      readonly effect: Effect;
      readonly message: string;
    }
  /** A request had `x-farthing-*` headers without the meter's secret. */
  | { readonly type: 'headers-ignored'; readonly names: readonly string[] }
  /** A provider did not take a batch, or gave it up; it is submitted again later. `batch` is the provider's id for it. */
  | { readonly type: 'batch-failed'; readonly batch: string | null; readonly message: string }
  /** An alert could not be delivered. */
  | { readonly type: 'alert-failed'; readonly message: string; readonly error: unknown };

export type Emit = (event: MeterEvent) => void;
