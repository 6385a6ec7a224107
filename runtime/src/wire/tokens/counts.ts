/**
 * Converts a provider's counts into a usage. Providers contradict themselves, so a part never exceeds its whole: one
 * impossible detail loses that detail, not the whole usage.
 */
import type { Fee } from '@farthing/shared/vocabulary';
import { asArray, asObject, asString, type JsonObject } from '../../support/json-body.ts';
import type { Fees, MEDIA, Usage } from '../usage.ts';

/** A provider's counts. `input` and `output` are totals; everything else is a part of one of them. */
export interface Counts extends Partial<Record<(typeof MEDIA)[number], number | null>> {
  readonly input: number;
  readonly output: number;
  readonly cached?: number | null;
  readonly written?: number | null;
  readonly writtenLong?: number | null;
  readonly reasoning?: number | null;
  readonly fees?: Partial<Record<Fee, number | null>> | null;
  readonly searchContext?: Usage['searchContext'];
}

const INPUT_MEDIA = ['audioInput', 'imageInput', 'videoInput'] as const;
const CACHED_MEDIA = ['cachedAudioInput', 'cachedImageInput'] as const;
const OUTPUT_MEDIA = ['audioOutput', 'imageOutput', 'videoOutput'] as const;

export function usageOf(counts: Counts): Usage {
  const { input, output, reasoning = null } = counts;
  const cachedInput = Math.min(counts.cached ?? 0, input);
  const cacheWriteLongInput = Math.min(counts.writtenLong ?? 0, input - cachedInput);
  const cacheWriteInput = Math.min(counts.written ?? 0, input - cachedInput - cacheWriteLongInput);
  const usage: { -readonly [Name in keyof Usage]: Usage[Name] } = {
    input,
    cachedInput,
    cacheWriteInput,
    cacheWriteLongInput,
    output,
    reasoning: reasoning === null ? null : Math.min(reasoning, output),
  };
  const share = (names: readonly (typeof MEDIA)[number][], whole: number): void => {
    let rest = whole;
    for (const name of names) {
      const part = Math.min(counts[name] ?? 0, rest);
      rest -= part;
      if (part > 0) usage[name] = part;
    }
  };
  share(INPUT_MEDIA, input);
  share(OUTPUT_MEDIA, output);
  share(CACHED_MEDIA, cachedInput);
  const fees = feesOf(counts.fees ?? {});
  if (fees !== null) usage.fees = fees;
  if (counts.searchContext !== undefined) usage.searchContext = counts.searchContext;
  return usage;
}

/** Null if nothing was used. */
export function feesOf(counts: Partial<Record<Fee, number | null>>): Fees | null {
  let used: Partial<Record<Fee, number>> | null = null;
  for (const fee in counts) {
    const count = counts[fee as Fee] ?? 0;
    if (count <= 0) continue;
    used ??= {};
    used[fee as Fee] = count;
  }
  return used;
}

/** The same usage with these fees; if both count a kind, the larger count is used. */
export function withFees(usage: Usage, more: Partial<Record<Fee, number | null>>): Usage {
  const added = feesOf(more);
  if (added === null) return usage;
  const fees: Partial<Record<Fee, number>> = { ...usage.fees };
  for (const fee of Object.keys(added) as Fee[]) fees[fee] = Math.max(fees[fee] ?? 0, added[fee] ?? 0);
  return { ...usage, fees };
}

/** A count of tokens or uses; null for anything else. Protocol buffers write large numbers as text. */
export function countOf(value: unknown): number | null {
  if (value === undefined || value === null) return null;
  const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return Number.isSafeInteger(number) && (number as number) >= 0 ? (number as number) : null;
}

/** A count that is omitted if it is 0; null if there is some other value. */
export function countOrAbsent(value: unknown): number | null {
  return value === undefined || value === null ? 0 : countOf(value);
}

/**
 * The largest of several members with the same meaning: of two that a server fills in, one is often 0. Null if none is
 * a count.
 */
export function largest(...values: readonly unknown[]): number | null {
  let max: number | null = null;
  for (const value of values) {
    const count = countOf(value);
    if (count !== null && (max === null || count > max)) max = count;
  }
  return max;
}

/** In the order of their numbers, for clients that ask for enumerations as numbers. */
const MODALITIES = ['MODALITY_UNSPECIFIED', 'TEXT', 'IMAGE', 'VIDEO', 'AUDIO', 'DOCUMENT'];

/** Google's lists of `{ modality, tokenCount }`, in either spelling: the tokens of one medium. */
export function modality(details: unknown, wanted: 'IMAGE' | 'VIDEO' | 'AUDIO'): number | null {
  let sum: number | null = null;
  for (const detail of asArray(details).map(asObject)) {
    const medium = detail?.modality;
    const name = typeof medium === 'number' ? MODALITIES[medium] : asString(medium)?.toUpperCase();
    if (name !== wanted) continue;
    const count = countOf(detail?.tokenCount) ?? countOf(detail?.tokens);
    if (count !== null) sum = (sum ?? 0) + count;
  }
  return sum;
}

/** How many entries of a list are of a kind. */
export function countWhere(list: unknown, isMeant: (item: JsonObject) => boolean): number {
  let count = 0;
  for (const item of asArray(list)) {
    const object = asObject(item);
    if (object !== null && isMeant(object)) count++;
  }
  return count;
}
