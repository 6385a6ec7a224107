/** What is cached besides an answer's bytes. Stores are not trusted: an entry that this version would not write is a miss. */

import type { CacheEntry } from '../../stores/store.ts';
import { asCount, asObject, asString, type JsonObject, parseObject } from '../../support/json-body.ts';
import type { AnswerFacts, Delivery } from '../../wire/codec.ts';
import { MEDIA, type Usage } from '../../wire/usage.ts';

export interface EntryMeta {
  /** How the bytes were delivered. */
  readonly delivery: Delivery;
  readonly contentType: string;
  readonly usage: Usage | null;
  readonly answer: AnswerFacts;
  /** For each field of the request that does not affect the answer, such as `user`: whether the answer repeats it. */
  readonly echo: Readonly<Record<string, boolean>>;
  /** What the request would have cost without any layer, in nano-dollars; null is unknown. */
  readonly cost: number | null;
}

/** Null if the entry was not written by this version; it is then a miss. */
export function readMeta({ meta, age }: CacheEntry): EntryMeta | null {
  const value = parseObject(meta);
  const isKnown =
    value !== null &&
    Number.isFinite(age) &&
    DELIVERIES.has(value.delivery) &&
    isHeaderText(value.contentType) &&
    (value.usage === null || isUsage(asObject(value.usage))) &&
    isAnswer(asObject(value.answer)) &&
    Object.values(asObject(value.echo) ?? { echo: null }).every((repeats) => typeof repeats === 'boolean') &&
    (value.cost === null || asCount(value.cost) !== null);
  return isKnown ? (value as unknown as EntryMeta) : null;
}

const DELIVERIES: ReadonlySet<unknown> = new Set<Delivery>(['json', 'sse', 'sse+usage', 'stream']);
const FINISHES: ReadonlySet<unknown> = new Set<AnswerFacts['finish']>(['complete', 'tool-calls']);

function isUsage(usage: JsonObject | null): boolean {
  if (usage === null) return false;
  const { input, cachedInput, cacheWriteInput, cacheWriteLongInput, output, reasoning } = usage;
  const counts = [input, cachedInput, cacheWriteInput, cacheWriteLongInput, output, reasoning ?? 0];
  const { fees = {}, others = [] } = usage;
  const pieces = Object.values(asObject(fees) ?? { fees: null });
  return (
    [...counts, ...MEDIA.map((name) => usage[name] ?? 0), ...pieces].every((count) => asCount(count) !== null) &&
    Array.isArray(others) &&
    others.every((other) => asString(asObject(other)?.model) !== null && isUsage(asObject(asObject(other)?.usage)))
  );
}

function isAnswer(answer: JsonObject | null): boolean {
  if (answer === null || !FINISHES.has(answer.finish)) return false;
  const { servedModel, servedTier, statedCost = null } = answer;
  return isName(servedModel) && isName(servedTier) && (statedCost === null || asCount(statedCost) !== null);
}

function isName(value: unknown): boolean {
  return value === null || asString(value) !== null;
}

function isHeaderText(value: unknown): boolean {
  return /^[ -~]+$/.test(asString(value) ?? '');
}
