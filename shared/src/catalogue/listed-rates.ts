/** Converts listed dollars into the nano-dollars of a `Model`. */
import { nanoDollarsPerToken, nanoDollarsPerUse } from '../money.ts';
import { type Fee, type FeeRate, type Fees, type Price, RATES, type RateName } from '../rates.ts';
import type { UnitPrice } from '../units.ts';
import type { PriceTier } from './catalogue.ts';
import type { ListedUnit } from './patch.ts';
import type { ListedFees, ListedPrice, ListedRates } from './price-table.ts';

export const NO_FEES: Fees = Object.freeze({});

/** Dollars per million tokens as nano-dollars per token. */
export function toPrice(rates: Readonly<Partial<Record<RateName, number | undefined>>>): Price {
  const price = {} as Record<RateName, number | null>;
  for (const name of RATES) {
    const dollars = rates[name];
    price[name] = dollars === undefined ? null : nanoDollarsPerToken(dollars);
  }
  return price;
}

/** Dollars per use as nano-dollars per use. */
export function toFees(listed: ListedFees = {}): Fees {
  const fees: Partial<Record<Fee, FeeRate>> = {};
  for (const [name, fee] of Object.entries(listed) as [Fee, ListedFees[Fee]][]) {
    if (fee === undefined) continue;
    const at = (dollars: number | null): number | null => (dollars === null ? null : nanoDollarsPerUse(dollars));
    fees[name] =
      typeof fee === 'object' && fee !== null
        ? { low: at(fee.low), medium: at(fee.medium), high: at(fee.high) }
        : { low: at(fee), medium: at(fee), high: at(fee) };
  }
  return fees;
}

/** Dollars per unit as nano-dollars per unit. */
export function toUnits(listed: readonly ListedUnit[] = []): readonly UnitPrice[] {
  return listed.map(({ unit, price, when = {}, isDefault = false, isEstimate = false, usualCount = null }) => ({
    unit,
    price: nanoDollarsPerUse(price),
    when,
    isDefault,
    isEstimate,
    usualCount,
  }));
}

const TEXT_RATES: Partial<Record<RateName, RateName>> = {
  audioInput: 'input',
  imageInput: 'input',
  videoInput: 'input',
  audioCacheRead: 'cacheRead',
  imageCacheRead: 'cacheRead',
};

/**
 * @param billedAsText kinds that the provider's list does not price separately: they have the rate of text if the model
 * lists none
 * @param outputKind the kind of the model's output if it is not text; its only output rate applies to it
 */
export function ratesOf(
  listed: ListedPrice,
  billedAsText: readonly RateName[],
  outputKind: RateName | null,
): { readonly price: Price; readonly tiers: readonly PriceTier[] } {
  const complete = (rates: ListedRates): Price => {
    const price: Record<RateName, number | null> = { ...toPrice(rates) };
    for (const kind of billedAsText) {
      const text = TEXT_RATES[kind];
      if (text !== undefined) price[kind] ??= price[text];
    }
    if (outputKind !== null) price[outputKind] ??= price.output;
    return price;
  };
  const tiers = (listed.steps ?? []).map(({ above, ...rates }) => ({ ...complete(rates), aboveInputTokens: above }));
  return { price: complete(listed), tiers };
}
