/** Notices when a provider reads less of a feature's input from its cache than before. */
import { LRUCache } from 'lru-cache';
import type { CallResult } from '../core/call-result.ts';

/** Calls of one feature and model that are judged together. */
const BLOCK = 100;
const MAX_SERIES = 1000;
/** A share below this is worth no alert when it falls: hardly anything was saved. */
const WORTH_KEEPING = 0.1;

interface Series {
  calls: number;
  input: number;
  read: number;
  /** The share of the last block that had not fallen; null before the first. */
  usual: number | null;
  isLow: boolean;
}

/** The message once a share has fallen by `drop` of what it was; null otherwise. */
export function createCacheShare(drop: number): (result: CallResult) => string | null {
  const all = new LRUCache<string, Series>({ max: MAX_SERIES });

  return ({ origin, usage, feature, model, provider }) => {
    if (origin !== 'provider' || usage === null) return null;
    const key = JSON.stringify([feature, provider, model]);
    const series = all.get(key) ?? { calls: 0, input: 0, read: 0, usual: null, isLow: false };
    all.set(key, series);
    series.calls += 1;
    series.input += usage.input;
    series.read += usage.cachedInput;
    if (series.calls < BLOCK) return null;
    const share = series.input === 0 ? 0 : series.read / series.input;
    const { usual, isLow } = series;
    Object.assign(series, { calls: 0, input: 0, read: 0 });
    series.isLow = usual !== null && usual >= WORTH_KEEPING && share <= usual * (1 - drop);
    if (!series.isLow) series.usual = share;
    if (!series.isLow || isLow || usual === null) return null;
    const who = `${feature ?? 'calls without a feature'} (${model ?? 'unknown model'})`;
    return `${who}: ${percent(share)} of the input of the last ${BLOCK} calls came from the provider's cache, ${percent(usual)} before.`;
  };
}

function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}
