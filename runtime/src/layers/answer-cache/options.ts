import type { JsonObject } from '../../support/json-body.ts';
import { byDefault, checked, flag, fun, milliseconds, object } from '../../support/schema.ts';
import { type Mode, modeSchema } from '../support/mode.ts';
import { type FilledSemantic, type SemanticOptions, semanticSchema } from './semantic/options.ts';

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
  /** Also answers questions from the answers to questions that mean the same. Default: off. */
  readonly semantic?: SemanticOptions;
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

const allSchema = object<CacheOptions, 'mode' | 'lifetime' | 'staleFor' | 'sampled' | 'toolCalls'>('CacheOptions', {
  mode: byDefault('shadow', modeSchema),
  lifetime: byDefault(5 * 60 * 1000, policyFields.lifetime),
  staleFor: byDefault(0, policyFields.staleFor),
  sampled: byDefault(false, policyFields.sampled),
  toolCalls: byDefault(false, policyFields.toolCalls),
  accepts: policyFields.accepts,
  semantic: semanticSchema,
});

/** The options with their defaults, in the semantic ones too. */
export type FilledCache = Omit<Policy, 'semantic'> & { readonly mode: Mode; readonly semantic?: FilledSemantic };

export const cacheSchema = checked(allSchema, ({ mode, semantic }) =>
  semantic === undefined || mode === 'on' || semantic.mode === 'off'
    ? null
    : 'semantic needs mode: "on": otherwise the cache keeps no answers that it could serve or compare.',
);

/** What holds for one feature. */
export type Policy = CachePolicy & Required<Omit<CachePolicy, 'accepts'>>;
