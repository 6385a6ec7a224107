import type { JsonObject } from '../../support/json-body.ts';
import { byDefault, flag, fun, milliseconds, object } from '../../support/schema.ts';
import { type Mode, modeSchema } from '../support/mode.ts';

export interface CachePolicy {
  /** Milliseconds for which an answer is given again. Default: 5 minutes. */
  readonly lifetime?: number;
  /** Milliseconds after `lifetime` in which a stale answer is given while a new one is fetched. Default: 0. */
  readonly staleFor?: number;
  /** True also keeps answers to requests that are sampled: those with a temperature other than 0. Default: false. */
  readonly sampled?: boolean;
  /** True also keeps answers that call tools. Default: false. */
  readonly toolCalls?: boolean;
  /** Called for each answer before it is kept: false, or an error, keeps it out. Default: all are kept. */
  readonly accepts?: (answer: JsonObject) => boolean;
}

export interface CacheOptions extends CachePolicy {
  /** Default: `shadow`, decisions are recorded but not applied. */
  readonly mode?: Mode;
}

const policyFields = {
  lifetime: milliseconds(),
  staleFor: milliseconds({ min: 0 }),
  sampled: flag(),
  toolCalls: flag(),
  accepts: fun<(answer: JsonObject) => boolean>(),
};

/** A feature's own, over the general one: without defaults. */
export const cachePolicySchema = object<CachePolicy>('CachePolicy', policyFields);

export const cacheSchema = object<CacheOptions, 'mode' | 'lifetime' | 'staleFor' | 'sampled' | 'toolCalls'>(
  'CacheOptions',
  {
    mode: byDefault('shadow', modeSchema),
    lifetime: byDefault(5 * 60 * 1000, policyFields.lifetime),
    staleFor: byDefault(0, policyFields.staleFor),
    sampled: byDefault(false, policyFields.sampled),
    toolCalls: byDefault(false, policyFields.toolCalls),
    accepts: policyFields.accepts,
  },
);

/** What holds for one feature. */
export type Policy = CachePolicy & Required<Omit<CachePolicy, 'accepts'>>;
