/**
 * How far apart requests with the same beginning are, and whether a provider's cache pays at that spacing.
 */
import type { Price } from '@farthing/shared/rates';
import type { CacheLifetime } from '../../wire/codec.ts';

/** How long a provider keeps a marked beginning after it was last used, in milliseconds. */
export interface Lifetimes {
  readonly short: number;
  /** Null if there is one lifetime only. */
  readonly long: number | null;
}

/** The requests with one beginning. */
export interface Spacing {
  /** When the last one was made, in milliseconds since the epoch. */
  at: number;
  /** How many followed another one at all, within the short lifetime, and within the long one. */
  followed: number;
  withinShort: number;
  withinLong: number;
  /** What the last one was marked with; null if it was not. */
  lifetime: CacheLifetime | null;
}

/** Older distances count half as much each time so many were seen, so that a change of traffic shows. */
const REMEMBERED = 64;

export function firstAt(at: number): Spacing {
  return { at, followed: 0, withinShort: 0, withinLong: 0, lifetime: null };
}

/** Notes another request. True if what the last one wrote may still be in the cache. */
export function noteNext(spacing: Spacing, now: number, lifetimes: Lifetimes): boolean {
  const gap = now - spacing.at;
  const long = lifetimes.long ?? lifetimes.short;
  spacing.at = now;
  spacing.followed += 1;
  if (gap < lifetimes.short) spacing.withinShort += 1;
  if (gap < long) spacing.withinLong += 1;
  if (spacing.followed >= REMEMBERED) {
    spacing.followed /= 2;
    spacing.withinShort /= 2;
    spacing.withinLong /= 2;
  }
  return spacing.lifetime !== null && gap < (spacing.lifetime === 'long' ? long : lifetimes.short);
}

/**
 * The lifetime that makes the next requests cheapest; null if none is cheaper than no mark. One more distance than were
 * seen counts as too long, so a single one at the edge of an hour is no reason to pay twice the price for a write.
 */
export function bestLifetime(
  { followed, withinShort, withinLong }: Spacing,
  { input, cacheRead, cacheWrite, cacheWriteLong }: Price,
  { long }: Lifetimes,
): CacheLifetime | null {
  if (input === null || cacheRead === null) return null;
  const expected = (within: number, write: number) => {
    const share = within / (followed + 1);
    return share * cacheRead + (1 - share) * write;
  };
  const short = expected(withinShort, cacheWrite ?? input);
  const longer = long === null || cacheWriteLong === null ? input : expected(withinLong, cacheWriteLong);
  if (Math.min(short, longer) >= input) return null;
  return longer < short ? 'long' : 'short';
}
