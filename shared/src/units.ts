/** What is sold by the piece instead of by tokens: images, seconds, characters, pages. */
import type { Model } from './catalogue/catalogue.ts';
import { exactly, type Range } from './range.ts';
import type { Fee } from './vocabulary.ts';

export const UNITS = ['image', 'page', 'audio-second', 'video-second', 'character'] as const satisfies readonly Fee[];
export type Unit = (typeof UNITS)[number];

/** Settings of a request on which the price of a unit depends. `size` is a resolution as well. */
export const UNIT_SETTINGS = ['size', 'quality'] as const;
export type UnitSetting = (typeof UNIT_SETTINGS)[number];

/** What a request sets; null for a value that only the run knows, missing if the request leaves it to the provider. */
export type UnitSettings = Readonly<Partial<Record<UnitSetting, string | null>>>;

export interface UnitPrice {
  readonly unit: Unit;
  /** Nano-dollars. */
  readonly price: number;
  /** The settings for which it holds, in lower case. */
  readonly when: Readonly<Partial<Record<UnitSetting, string>>>;
  /** True if it applies to a request without any of these settings. */
  readonly isDefault: boolean;
  /** True if tokens are billed, and the provider says that those of one unit come to about this. */
  readonly isEstimate: boolean;
  /** How many units a request makes that does not say; null if unknown. */
  readonly usualCount: number | null;
}

export interface UnitTerms {
  readonly unit: Unit;
  /** Nano-dollars per unit: a range if the request leaves open what it depends on. Null if unknown. */
  readonly price: Range | null;
  readonly isEstimate: boolean;
  readonly usualCount: number | null;
}

/** How a model is sold by the piece, with these settings; null if it is not. */
export function unitTerms(model: Model, settings: UnitSettings): UnitTerms | null {
  for (const unit of UNITS) {
    const fee = model.fees[unit];
    // A price for all settings is the user's own, or the only one there is.
    if (fee !== undefined) {
      return {
        unit,
        price: fee.low === null ? null : exactly(fee.low, 'literal'),
        isEstimate: false,
        usualCount: null,
      };
    }
  }
  const [first] = model.units;
  if (first === undefined) return null;
  const { unit, isEstimate, usualCount } = first;
  return { unit, price: priceWith(model.units, settings), isEstimate, usualCount };
}

function priceWith(units: readonly UnitPrice[], settings: UnitSettings): Range | null {
  const isStated = Object.keys(settings).length > 0;
  const defaults = isStated ? [] : units.filter(({ isDefault }) => isDefault);
  const fitting = defaults.length > 0 ? defaults : units.filter((one) => fits(one, settings));
  if (fitting.length === 0) return null;
  const prices = fitting.map(({ price }) => price);
  const low = Math.min(...prices);
  const high = Math.max(...prices);
  const isOneOfMany = units.some(({ price }) => price !== low);
  const isAssumed = low < high || fitting.some(({ isEstimate }) => isEstimate) || (!isStated && isOneOfMany);
  const expected = Math.round(prices.reduce((sum, price) => sum + price, 0) / prices.length);
  return { low, expected, high, basis: isAssumed ? 'assumed' : 'literal' };
}

/** The provider chooses where the request says so. */
const ANY = 'auto';

function fits({ when }: UnitPrice, settings: UnitSettings): boolean {
  return UNIT_SETTINGS.every((name) => {
    const wanted = settings[name]?.toLowerCase();
    return when[name] === undefined || wanted === undefined || wanted === ANY || wanted === when[name];
  });
}
