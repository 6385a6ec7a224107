import type { JsonObject } from '../../support/json-body.ts';
import { byDefault, flag, fun, milliseconds, object } from '../../support/schema.ts';
import { type Mode, modeSchema } from '../support/mode.ts';

export interface CachePolicy {
  /** Milliseconds for which a cached answer is returned. Default: 5 minutes. */
  readonly lifetime?: number;
  /** Milliseconds after `lifetime` in which a stale answer is returned while a new one is fetched. Default: 0. */
  readonly staleFor?: number;
  /** True also caches answers to sampled requests: those with a temperature other than 0. Default: false. */
  readonly sampled?: boolean;
  /** True also caches answers that call tools. Default: false. */
  readonly toolCalls?: boolean;
  /** Called for each answer that would be cached, synchronously: only true caches it. Default: all are cached. */
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
