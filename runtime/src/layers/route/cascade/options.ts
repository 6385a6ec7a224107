import type { JsonObject } from '../../../support/json-body.ts';
import {
  byDefault,
  type Filled,
  fun,
  listOf,
  milliseconds,
  number,
  object,
  oneOf,
  text,
} from '../../../support/schema.ts';
import { type RouteTarget, tierSchema } from '../tier-schema.ts';

export interface CascadeOptions {
  /** Tiers in the order in which they are asked, the dearest last. Default: as `tiers` lists them. */
  readonly order?: readonly string[];
  /**
   * How probable the tokens of an answer must be on average (their geometric mean), from 0 to 1. A target whose format has no
   * log-probabilities is not asked. Default: not checked.
   */
  readonly confidence?: number;
  /**
   * Asks the same model a second time, and accepts its first answer if the two share so many of their words, from 0 to 1.
   * Numbers, JSON and calls of tools must be equal in any case. Default: asked once.
   */
  readonly agreement?: number;
  /** Accepts an answer with true. An answer for which it throws is not accepted. Default: none. */
  readonly check?: (answer: CheckedAnswer) => boolean | Promise<boolean>;
  /** A model, or a target, that is asked whether an answer is right. Default: none. */
  readonly verifier?: string | RouteTarget;
  /** Milliseconds for everything before the last tier: what is not accepted by then is given up. Default: no limit. */
  readonly deadline?: number;
  /**
   * `escalate` asks the last tier at the deadline. `accept` gives the answer that is being checked, if it is complete and has the
   * form that was asked for; it is not cached. Default: `escalate`.
   */
  readonly onDeadline?: 'escalate' | 'accept';
}

/** An answer as the application's own check gets it. */
export interface CheckedAnswer {
  readonly tier: string;
  readonly model: string;
  readonly feature: string | null;
  /** The body of the request. */
  readonly request: JsonObject;
  /** The text of the answer; that of the first one if the request asks for several. */
  readonly text: string;
  /** The arguments of the calls of tools, as JSON text. */
  readonly calls: readonly string[];
}

export type FilledCascade = Filled<CascadeOptions, 'onDeadline'>;

export const cascadeSchema = object<CascadeOptions, 'onDeadline'>('CascadeOptions', {
  order: listOf(text()),
  confidence: number({ above: 0, max: 1 }),
  agreement: number({ above: 0, max: 1 }),
  check: fun(),
  verifier: tierSchema,
  deadline: milliseconds(),
  onDeadline: byDefault('escalate', oneOf(['escalate', 'accept'])),
});
