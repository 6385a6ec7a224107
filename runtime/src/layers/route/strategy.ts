/**
 * Strategies for choosing the model that answers a request: the layer tries them in order, and the first choice
 * decides.
 */
import type { Exchange, Reply } from '../../core/pipeline.ts';
import type { RouteTarget } from './options.ts';

export interface Choice {
  readonly tier: string;
  readonly target: RouteTarget;
  /** For the decision's record. */
  readonly reason: string;
}

/**
 * Sends the request as chosen, and records the choice. In shadow mode the choice is recorded and the request is sent
 * unchanged.
 */
export type SendAs = (choice: Choice) => Promise<Reply>;

/** Null, without sending anything, if the strategy does not apply to the request. */
export type Strategy = (exchange: Exchange, sendAs: SendAs) => Promise<Reply> | null;
