/**
 * From a provider's counts to a usage. Providers contradict themselves, so that a part is never more than its whole: one
 * impossible detail costs that detail, and not the usage.
 */
import type { Fee } from '@farthing/shared/vocabulary';
import { asArray, asObject, asString, type JsonObject } from '../../support/json-body.ts';
import type { Fees, MEDIA, Usage } from '../usage.ts';

/** What a provider counted. `input` and `output` are wholes; everything else is a part of one of them. */
export interface Counts extends Partial<Record<(typeof MEDIA)[number], number | null>> {
  readonly input: number;
  readonly output: number;
  readonly cached?: number | null;
  readonly written?: number | null;
  readonly writtenLong?: number | null;
  readonly reasoning?: number | null;
  readonly fees?: Partial<Record<Fee, number | null>>;
  readonly searchContext?: Usage['searchContext'];
}

const INPUT_MEDIA = ['audioInput', 'imageInput', 'videoInput'] as const;
const OUTPUT_MEDIA = ['audioOutput', 'imageOutput', 'videoOutput'] as const;

export function usageOf(counts: Counts): Usage {
  const { input, output, reasoning = null } = counts;
  const cachedInput = Math.min(counts.cached ?? 0, input);
  const cacheWriteLongInput = Math.min(counts.writtenLong ?? 0, input - cachedInput);
  const cacheWriteInput = Math.min(counts.written ?? 0, input - cachedInput - cacheWriteLongInput);
  const media: Partial<Record<(typeof MEDIA)[number], number>> = {};
  const share = (names: readonly (typeof MEDIA)[number][], whole: number): void => {
    let rest = whole;
    for (const name of names) {
      const part = Math.min(counts[name] ?? 0, rest);
      rest -= part;
      if (part > 0) media[name] = part;
    }
  };
  share(INPUT_MEDIA, input);
  share(OUTPUT_MEDIA, output);
  share(['cachedAudioInput', 'cachedImageInput'], cachedInput);
  const fees = feesOf(counts.fees ?? {});
  return {
    input,
    cachedInput,
    cacheWriteInput,
    cacheWriteLongInput,
    output,
    reasoning: reasoning === null ? null : Math.min(reasoning, output),
    ...media,
    ...(fees !== null && { fees }),
    ...(counts.searchContext !== undefined && { searchContext: counts.searchContext }),
  };
}

/** Null where nothing was used. */
export function feesOf(counts: Partial<Record<Fee, number | null>>): Fees | null {
  const used = Object.entries(counts).filter(([, count]) => (count ?? 0) > 0);
  return used.length === 0 ? null : (Object.fromEntries(used) as Fees);
}

/** The same usage with these fees; where both count a kind, the larger count holds. */
export function withFees(usage: Usage, more: Partial<Record<Fee, number | null>>): Usage {
  const known: Partial<Record<Fee, number>> = { ...usage.fees };
  for (const [fee, count] of Object.entries(more) as [Fee, number | null][]) {
    known[fee] = Math.max(known[fee] ?? 0, count ?? 0);
  }
  const fees = feesOf(known);
  return fees === null ? usage : { ...usage, fees };
}

/** A count of tokens or pieces; null for anything that is none. Protocol buffers write large numbers as text. */
export function countOf(value: unknown): number | null {
  const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return Number.isSafeInteger(number) && (number as number) >= 0 ? (number as number) : null;
}

/** A count that is left out where it is 0; null where something else stands in its place. */
export function countOrAbsent(value: unknown): number | null {
  return value === undefined || value === null ? 0 : countOf(value);
}

/** The largest of several names for one count: of two that a server fills, one is often 0. Null where none is a count. */
export function largest(...values: readonly unknown[]): number | null {
  const counts = values.map(countOf).filter((count) => count !== null);
  return counts.length === 0 ? null : Math.max(...counts);
}

/** In the order of their numbers, for clients that ask for enumerations as such. */
const MODALITIES = ['MODALITY_UNSPECIFIED', 'TEXT', 'IMAGE', 'VIDEO', 'AUDIO', 'DOCUMENT'];

/** Google's lists of `{ modality, tokenCount }`, under whichever names: tokens of one medium. */
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

/** How many members of a list are of a kind. */
export function countWhere(list: unknown, isMeant: (item: JsonObject) => boolean): number {
  return asArray(list)
    .map(asObject)
    .filter((item) => item !== null && isMeant(item)).length;
}
