/** The format of the dated patch data: what the price table lacks, and what is newer. One file per provider. */

import type { UnitPrice } from '../units.ts';
import type { ProviderName } from '../vocabulary.ts';
import type { Capabilities, Model, Retirement, TokenizerFamily } from './catalogue.ts';
import type { ListedFees, ListedPrice } from './price-table.ts';

export interface ProviderPatch {
  readonly provider: ProviderName;
  /** For every entry without a source of its own. [S]: a secondary source, [U]: unverified. */
  readonly source: string;
  /** YYYY-MM-DD. */
  readonly asOf: string;
  readonly models: readonly PatchModel[];
}

/** What is missing is unknown, or known to the price table. */
export interface PatchModel {
  readonly id: string;
  readonly aliases?: readonly string[];
  /**
   * Dollars per million tokens, in order of date; overrides the table. Null: the table's price is wrong, and no other
   * is known.
   */
  readonly prices?: readonly ListedPrice[] | null;
  /** Fees in addition to the price, in dollars per use; the table's price stays. */
  readonly fees?: ListedFees;
  /** What is sold by the piece at a price that depends on the request. */
  readonly units?: readonly ListedUnit[];
  readonly context?: number;
  readonly maxOutput?: number;
  readonly cacheMinimum?: number;
  readonly cacheMode?: Model['cacheMode'];
  readonly batchFactor?: number;
  readonly flexFactor?: number;
  readonly priorityFactor?: number;
  readonly residencyFactor?: number;
  readonly generation?: number;
  readonly retirement?: {
    readonly date: string;
    readonly outcome: Retirement['outcome'];
    readonly replacement: string | null;
    readonly source?: string;
    readonly asOf?: string;
  };
  readonly capabilities?: Capabilities;
  readonly tokenizer?: TokenizerFamily;
  readonly family?: Model['family'];
  readonly source?: string;
  readonly asOf?: string;
}

/** As `UnitPrice`, in dollars. */
export interface ListedUnit extends Partial<Omit<UnitPrice, 'unit' | 'price'>> {
  readonly unit: UnitPrice['unit'];
  readonly price: number;
}
