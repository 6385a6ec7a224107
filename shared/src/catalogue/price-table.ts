/**
 * The base price table: what `@pydantic/genai-prices` lists, reduced to what the catalogue reads and written to
 * `data/prices.generated.ts` by `npm run generate`. Reading the reduced table takes about 2 ms, loading the package 35.
 */
import { PRICE_TABLE } from './data/prices.generated.ts';

/** Dollars per million tokens; a missing rate is unknown. */
export interface ListedRates {
  readonly input?: number;
  readonly output?: number;
  readonly cacheRead?: number;
  readonly cacheWrite?: number;
  readonly cacheWriteLong?: number;
}

export interface ListedStep extends ListedRates {
  readonly above: number;
}

export interface ListedPrice extends ListedRates {
  /** YYYY-MM-DD; missing in the first, which holds from the beginning. */
  readonly from?: string;
  readonly steps?: readonly ListedStep[];
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
  readonly version: string;
  /** YYYY-MM-DD: when this version was published. */
  readonly date: string;
  /** By the table's own provider ids. */
  readonly providers: Readonly<Record<string, readonly ListedModel[]>>;
}

let table: PriceTable | null = null;

export function priceTable(): PriceTable {
  table ??= JSON.parse(PRICE_TABLE) as PriceTable;
  return table;
}
