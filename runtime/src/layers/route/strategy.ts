/** Ways of choosing the model that answers a request: the layer asks them in order, and the first that chooses decides. */
import type { Exchange, Reply } from '../../core/pipeline.ts';

export interface Choice {
  readonly tier: string;
  readonly model: string;
  /** For the record of the decision. */
  readonly reason: string;
}

/** Sends the request as chosen, and records the choice; in shadow mode it is recorded and the request goes as it came. */
export type SendAs = (choice: Choice) => Promise<Reply>;

/** Null, without sending anything, for a request that the strategy leaves alone. */
export type Strategy = (exchange: Exchange, sendAs: SendAs) => Promise<Reply> | null;
