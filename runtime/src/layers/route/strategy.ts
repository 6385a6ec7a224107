/**
 * Strategies for choosing the model that answers a request: the layer tries them in order, and the first one that applies
 * decides.
 */
import type { Exchange, Reply, Send } from '../../core/pipeline.ts';
import type { RouteTarget } from './tier-schema.ts';

export interface Choice {
  readonly tier: string;
  readonly target: RouteTarget;
  /** For the decision's record. */
  readonly reason: string;
}

/** Null, without sending anything, if the strategy does not apply to the request. */
export type Strategy = (exchange: Exchange, next: Send) => Promise<Reply> | null;
