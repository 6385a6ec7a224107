/**
 * Price tables in the format that the catalogue reads. The built-in one is what `@pydantic/genai-prices` lists, reduced
 * and written to `data/prices.generated.ts` by `npm run generate`: loading that takes about 2 ms, loading the package
 * 35.
 */

import type { Fee, RateName, SearchContext } from '../rates.ts';
import type { ProviderName } from '../vocabulary.ts';
import { PRICE_TABLE } from './data/prices.generated.ts';

/** Dollars per million tokens; a missing rate is unknown. */
export type ListedRates = Readonly<Partial<Record<RateName, number>>>;

/** Dollars per use, or per use by search context; null if a fee is charged at an unknown price. */
export type ListedFee = number | Readonly<Record<SearchContext, number>> | null;
export type ListedFees = Readonly<Partial<Record<Fee, ListedFee>>>;

export interface ListedStep extends ListedRates {
  readonly above: number;
}

/** Rates for a part of the day, in UTC. It may cross midnight. */
export interface ListedHours extends ListedRates {
  /** HH:MM; `to` is the first minute after it. */
  readonly from: string;
  readonly to: string;
  /** True if they apply from Monday to Friday only. */
  readonly weekdays?: boolean;
}

export interface ListedPrice extends ListedRates {
  /** YYYY-MM-DD; missing in the first price, which applies from the beginning. */
  readonly from?: string;
  /** YYYY-MM-DD: the last day on which it applies; missing if no end is announced. */
  readonly until?: string;
  readonly steps?: readonly ListedStep[];
  readonly hours?: readonly ListedHours[];
  readonly fees?: ListedFees;
}

export interface ListedModel {
  readonly id: string;
  /** Other full spellings in the table. */
  readonly names?: readonly string[];
  /**
   * Prefixes or parts by which the table also recognises the model: they only count as names if nothing but a date
   * follows.
   */
  readonly stems?: readonly string[];
  readonly context?: number;
  /** In order of date. */
  readonly prices: readonly ListedPrice[];
}

export interface PriceTable {
  /** The name of the table: `genai-prices 0.1.8`, or the file's name. */
  readonly name: string;
  /** YYYY-MM-DD: when this version was published or read. */
  readonly date: string;
  /** By genai-prices ids. */
  readonly providers: Readonly<Record<string, readonly ListedModel[]>>;
  /** By our own names; these take precedence. */
  readonly sellers?: Readonly<Partial<Record<ProviderName, readonly ListedModel[]>>>;
}

let table: PriceTable | null = null;

/** The built-in table. */
export function priceTable(): PriceTable {
  table ??= JSON.parse(PRICE_TABLE) as PriceTable;
  return table;
}
