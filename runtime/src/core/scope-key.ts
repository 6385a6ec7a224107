/** What a cap or a limit counts: each feature, user, ... separately, or all calls together. */
import { hash } from 'node:crypto';
import type { Exchange } from './pipeline.ts';

export const PER = ['total', 'feature', 'user', 'tenant', 'team', 'tag', 'model', 'key', 'budget'] as const;
export type Per = (typeof PER)[number];

export interface ScopeRule {
  /** What is counted separately: each feature, each user, ..., or all calls together. */
  readonly per: Per;
  /**
   * Only this feature, user, ..., or only those in a list. It replaces what applies to all of them over the same time.
   * Default: each of them.
   */
  readonly only?: string | readonly string[];
  /** True applies `only` in addition to what applies to all, instead of replacing it. Default: `false`. */
  readonly adds?: boolean;
}

/** The properties of a call that are counted by. */
export type Countable = Pick<Exchange, 'context' | 'headers' | 'url'> & {
  readonly facts: Pick<Exchange['facts'], 'model'>;
};

/** A rule that applies to a call, and the name that the call counts under: `chat`, or '' if the rule counts all calls. */
export interface Counted<Rule> {
  readonly rule: Rule;
  readonly name: string;
  /** `feature:chat`, `total`. */
  readonly key: string;
}

/**
 * The rules that apply to a call. No user's rule applies to a call without a user; the rules of each tag apply to a call
 * with several. For the names in its `only`, a rule replaces the rules without `only` that limit the same thing.
 *
 * @param isSame whether two rules with the same `per` limit the same thing
 */
export function countedBy<Rule extends ScopeRule>(
  call: Countable,
  rules: readonly Rule[],
  isSame: (exception: Rule, general: Rule) => boolean,
): readonly Counted<Rule>[] {
  const counted: Counted<Rule>[] = [];
  for (const rule of rules) {
    const isReplaced = (name: string): boolean =>
      rules.some((other) => other.per === rule.per && !other.adds && isNamed(other, name) && isSame(other, rule));
    for (const name of namesOf(call, rule.per)) {
      const applies = rule.only === undefined ? !isReplaced(name) : isNamed(rule, name);
      if (applies) counted.push({ rule, name, key: keyOf(rule.per, name) });
    }
  }
  return counted;
}

function isNamed({ only }: ScopeRule, name: string): boolean {
  if (only === undefined) return false;
  return typeof only === 'string' ? only === name : only.includes(name);
}

/** What is wrong with the combination of members, as a sentence that starts with one of them; null if it is valid. */
export function problemOfScopeRule({ per, only, adds }: ScopeRule): string | null {
  if (adds && only === undefined) return 'adds needs `only`: it says whether `only` replaces what applies to all.';
  if (only === undefined) return null;
  if (per === 'total') return 'only needs a `per` that counts several: "total" counts all calls together.';
  return only.length > 0 ? null : 'only must name at least one.';
}

export function keyOf(per: Per, name: string): string {
  return per === 'total' ? 'total' : `${per}:${name}`;
}

/** `feature "chat"`, for people. */
export function describeScope(key: string): string {
  const at = key.indexOf(':');
  return at < 0 ? key : `${key.slice(0, at)} "${key.slice(at + 1)}"`;
}

function namesOf({ context, facts, headers, url }: Countable, per: Per): readonly string[] {
  switch (per) {
    case 'total':
      return [''];
    case 'tag':
      return context.tags;
    case 'model':
      return listed(facts.model);
    case 'key':
      return listed(keyFingerprint(headers, url));
    default:
      return listed(context[per]);
  }
}

function listed(name: string | null): readonly string[] {
  return name === null ? [] : [name];
}

/** Keys are distinguished by the beginning of their hash, and are never stored. */
function keyFingerprint(headers: Headers, url: string): string | null {
  const key =
    headers.get('authorization') ??
    headers.get('x-api-key') ??
    headers.get('api-key') ??
    headers.get('x-goog-api-key') ??
    /[?&]key=([^&#]+)/.exec(url)?.[1];
  return key === undefined ? null : hash('sha256', key, 'hex').slice(0, 12);
}
