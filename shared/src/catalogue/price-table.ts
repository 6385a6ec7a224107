/**
 * Price tables in the form that the catalogue reads. The built-in one is what `@pydantic/genai-prices` lists, reduced and
 * written to `data/prices.generated.ts` by `npm run generate`: reading that takes about 2 ms, loading the package 35.
 */

import type { Fee, RateName, SearchContext } from '../rates.ts';
import type { ProviderName } from '../vocabulary.ts';
import { PRICE_TABLE } from './data/prices.generated.ts';

/** Dollars per million tokens; a missing rate is unknown. */
export type ListedRates = Readonly<Partial<Record<RateName, number>>>;

/** Dollars for one use, or for one by search context; null where a fee is charged at a price that is not known. */
export type ListedFee = number | Readonly<Record<SearchContext, number>> | null;
export type ListedFees = Readonly<Partial<Record<Fee, ListedFee>>>;

export interface ListedStep extends ListedRates {
  readonly above: number;
}

/** Rates for a part of the day, in UTC. A part may run past midnight. */
export interface ListedHours extends ListedRates {
  /** HH:MM; `to` is the first minute after. */
  readonly from: string;
  readonly to: string;
  /** True where they hold from Monday to Friday only. */
  readonly weekdays?: boolean;
}

export interface ListedPrice extends ListedRates {
  /** YYYY-MM-DD; missing in the first, which holds from the beginning. */
  readonly from?: string;
  /** YYYY-MM-DD: the last day on which it holds; missing where no end is announced. */
  readonly until?: string;
  readonly steps?: readonly ListedStep[];
  readonly hours?: readonly ListedHours[];
  readonly fees?: ListedFees;
}

export interface ListedModel {
  readonly id: string;
  /** Other spellings that the table lists whole. */
  readonly names?: readonly string[];
  /** Beginnings or parts by which the table also recognises the model: names only if nothing but a date follows. */
  readonly stems?: readonly string[];
  readonly context?: number;
  /** In order of their dates. */
  readonly prices: readonly ListedPrice[];
}

export interface PriceTable {
  /** What to call the table: `genai-prices 0.1.8`, or the file's name. */
  readonly name: string;
  /** YYYY-MM-DD: when this version was published or read. */
  readonly date: string;
  /** By the ids of genai-prices. */
  readonly providers: Readonly<Record<string, readonly ListedModel[]>>;
  /** By our own names: they stand above the others. */
  readonly sellers?: Readonly<Partial<Record<ProviderName, readonly ListedModel[]>>>;
}

let table: PriceTable | null = null;

/** The table that is built in. */
export function priceTable(): PriceTable {
  table ??= JSON.parse(PRICE_TABLE) as PriceTable;
  return table;
}
