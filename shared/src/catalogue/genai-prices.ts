/**
 * Reduces providers in the format of genai-prices (https://github.com/pydantic/genai-prices) to what the catalogue
 * reads. The built-in table and a user's table both go through here, so they mean the same.
 */

import type { Fee, RateName } from '../rates.ts';
import type { ListedFee, ListedFees, ListedHours, ListedModel, ListedPrice, ListedRates } from './price-table.ts';

/** The format of its JSON file and its package; members that are not needed here are omitted. */
export interface GenaiProvider {
  readonly id: string;
  readonly models: readonly GenaiModel[];
}
export interface GenaiModel {
  readonly id: string;
  readonly match: GenaiMatch;
  readonly context_window?: number | null | undefined;
  readonly prices: GenaiRates | readonly GenaiConditionalPrice[];
}
export type GenaiMatch =
  | { readonly or: readonly GenaiMatch[] }
  | { readonly and: readonly GenaiMatch[] }
  | { readonly equals: string }
  | { readonly starts_with: string }
  | { readonly ends_with: string }
  | { readonly contains: string }
  | { readonly regex: string };
export interface GenaiTiers {
  readonly base: number;
  readonly tiers: readonly { readonly start: number; readonly price: number }[];
}
export type GenaiRates = Readonly<Record<string, number | GenaiTiers | undefined>>;
export interface GenaiConditionalPrice {
  readonly constraint?: GenaiConstraint | null | undefined;
  readonly prices: GenaiRates;
}
/** The package says which one by `type`; in the JSON file the members tell. */
export type GenaiConstraint =
  | { readonly start_date: string }
  | { readonly start_time: string; readonly end_time: string };

/** The rate that corresponds to each of its units. Dollars per million tokens. */
export const TOKEN_UNITS: Readonly<Record<string, RateName>> = {
  input_mtok: 'input',
  output_mtok: 'output',
  cache_read_mtok: 'cacheRead',
  cache_write_mtok: 'cacheWrite',
  cache_write_1h_mtok: 'cacheWriteLong',
  input_audio_mtok: 'audioInput',
  output_audio_mtok: 'audioOutput',
  cache_audio_read_mtok: 'audioCacheRead',
  input_image_mtok: 'imageInput',
  output_image_mtok: 'imageOutput',
  cache_image_read_mtok: 'imageCacheRead',
  input_video_mtok: 'videoInput',
  output_video_mtok: 'videoOutput',
  output_reasoning_mtok: 'reasoning',
};

/** Units that are not tokens of the input or the output, and how many of our units one of them is. */
export const FEE_UNITS: Readonly<Record<string, readonly [fee: Fee, uses: number]>> = {
  requests_kcount: ['request', 1_000],
  web_searches_kcount: ['web-search', 1_000],
  storage_searches_kcount: ['file-search', 1_000],
  output_citation_mtok: ['citation-token', 1_000_000],
  audio_hours: ['audio-second', 3_600],
  input_audio_hours: ['audio-second', 3_600],
  input_document_kpages: ['page', 1_000],
  input_annotated_document_kpages: ['annotated-page', 1_000],
  input_text_messages_kcount: ['message', 1_000],
};

export function reduceModel({ id, match, context_window: context, prices }: GenaiModel): ListedModel {
  const names = new Set<string>();
  const stems = new Set<string>();
  collectNames(match, names, stems);
  names.delete(id);
  for (const name of [id, ...names]) stems.delete(name);
  return {
    id,
    ...(names.size > 0 && { names: [...names] }),
    ...(stems.size > 0 && { stems: [...stems] }),
    ...(typeof context === 'number' && { context }),
    prices: reducePrices(isConditional(prices) ? prices : [{ prices }]),
  };
}

function isConditional(prices: GenaiModel['prices']): prices is readonly GenaiConditionalPrice[] {
  return Array.isArray(prices);
}

function collectNames(match: GenaiMatch, names: Set<string>, stems: Set<string>): void {
  if ('or' in match) for (const part of match.or) collectNames(part, names, stems);
  else if ('and' in match) for (const part of match.and) collectNames(part, names, stems);
  else if ('equals' in match) names.add(match.equals);
  else if ('starts_with' in match) stems.add(match.starts_with.replace(/[-@.]+$/, ''));
  else if ('contains' in match) stems.add(match.contains.replace(/[-@.]+$/, ''));
  else if ('ends_with' in match) stems.add(match.ends_with);
  // A regular expression only ever adds a date suffix, which the catalogue allows anyway.
}

/** Prices by date; rates for a part of the day belong to the price before them. */
function reducePrices(conditional: readonly GenaiConditionalPrice[]): ListedPrice[] {
  const prices: ListedPrice[] = [];
  for (const { constraint, prices: rates } of conditional) {
    const reduced = reduceRates(rates);
    if (constraint === undefined || constraint === null) prices.push(reduced);
    else if ('start_date' in constraint) prices.push({ from: constraint.start_date, ...reduced });
    else {
      const latest = prices.pop() ?? {};
      const hours: ListedHours = { from: hour(constraint.start_time), to: hour(constraint.end_time), ...reduced };
      prices.push({ ...latest, hours: [...(latest.hours ?? []), hours] });
    }
  }
  return prices.sort((a, b) => (a.from ?? '').localeCompare(b.from ?? ''));
}

/** Turns `16:30:00Z` into `16:30`. */
function hour(time: string): string {
  return time.slice(0, 5);
}

/** No rates at all: some models in this format are free, others only lack a price. It is unknown which. */
function reduceRates(prices: GenaiRates): ListedPrice {
  const starts = new Set<number>();
  for (const price of Object.values(prices)) {
    if (typeof price === 'object') for (const { start } of price.tiers) starts.add(start);
  }
  const fees: Partial<Record<Fee, ListedFee>> = {};
  for (const [unit, price] of Object.entries(prices)) {
    const fee = FEE_UNITS[unit];
    if (fee !== undefined && price !== undefined) fees[fee[0]] = rateAt(price, -1) / fee[1];
  }
  const steps = [...starts].sort((a, b) => a - b).map((above) => ({ above, ...ratesAt(prices, above) }));
  return {
    ...ratesAt(prices, -1),
    ...(steps.length > 0 && { steps }),
    ...(Object.keys(fees).length > 0 && { fees: fees as ListedFees }),
  };
}

function ratesAt(prices: GenaiRates, tokens: number): ListedRates {
  const rates: Partial<Record<RateName, number>> = {};
  for (const [unit, name] of Object.entries(TOKEN_UNITS)) {
    const price = prices[unit];
    if (price !== undefined) rates[name] = rateAt(price, tokens);
  }
  return rates;
}

function rateAt(price: number | GenaiTiers, tokens: number): number {
  if (typeof price === 'number') return price;
  const applicable = price.tiers.filter(({ start }) => start <= tokens).sort((a, b) => b.start - a.start);
  return applicable[0]?.price ?? price.base;
}
