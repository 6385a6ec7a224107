/** Prices that the user states: their own rates, which override every list, and contract discounts on list prices. */

import { type Fee, type FeeRate, type Fees, NO_PRICE, type Price, RATES, type RateName } from '../rates.ts';
import type { ProviderName } from '../vocabulary.ts';
import { bareModel } from './build-model.ts';
import type { Discount, Model, PriceOverride } from './catalogue.ts';
import { toFees, toPrice } from './listed-rates.ts';
import { lookUp } from './names.ts';

export interface Statements {
  readonly overrides: readonly PriceOverride[];
  readonly discounts: readonly Discount[];
}

/**
 * @returns the model as the user pays for it: at their own price, or at the list price minus their discount. Null stays
 * null unless a price is stated for the name.
 */
export function createStatements({ overrides, discounts }: Statements) {
  const byModel = new Map<string, PriceOverride[]>();
  for (const override of overrides) byModel.set(override.model, [...(byModel.get(override.model) ?? []), override]);

  return (provider: ProviderName, id: string, model: Model | null, today: string): Model | null => {
    const stated = lookUp(byModel, id) ?? lookUp(byModel, model?.id ?? id) ?? [];
    const paid = model?.provider ?? provider;
    const override =
      stated.find((each) => each.provider === paid) ?? stated.find((each) => each.provider === undefined);
    if (override !== undefined) {
      const source = 'your configuration';
      return withOverride(model ?? bareModel(override.provider ?? provider, id, source), override, today);
    }
    if (model === null) return null;
    const discount = discounts.find(
      (each) =>
        (each.provider === undefined || each.provider === model.provider) &&
        (each.model === undefined || each.model === id || each.model === model.id),
    );
    return discount === undefined ? model : withDiscount(model, discount.discount);
  };
}

/**
 * Providers price cache reads and writes as multiples of the input rate, and longer prompts as multiples of shorter
 * ones: a user who states input and output rates has the same multiples.
 */
function withOverride(model: Model, override: PriceOverride, today: string): Model {
  const stated = toPrice(override);
  const { price: list } = model;
  const scaled = (rates: Price): Price => {
    const price: Record<RateName, number | null> = { ...NO_PRICE };
    for (const name of RATES) {
      const by: RateName = isOutput(name) ? 'output' : 'input';
      price[name] = inProportion(rates[name], list[by], stated[by]);
    }
    return price;
  };
  const base = { ...scaled(list), ...known(stated) };
  return {
    ...model,
    price: base,
    tiers: model.tiers.map(({ aboveInputTokens, ...rates }) => ({ ...scaled(rates), aboveInputTokens })),
    priceProvenance: { source: 'your configuration', asOf: today },
    priceUntil: null,
    fees: { ...model.fees, ...toFees(definedFees(override.fees)) },
  };
}

function isOutput(name: RateName): boolean {
  return name === 'output' || name === 'reasoning' || name.endsWith('Output');
}

function inProportion(rate: number | null, of: number | null, to: number | null): number | null {
  if (to === null || rate === null || of === null) return null;
  if (rate === of) return to;
  return of === 0 ? null : upToThousandth((rate * to) / of);
}

function withDiscount(model: Model, discount: number): Model {
  const factor = 1 - discount;
  const price = (rates: Price): Price => {
    const changed: Record<RateName, number | null> = { ...rates };
    for (const name of RATES) changed[name] = times(rates[name], factor);
    return changed;
  };
  const share = `${Number((Math.abs(discount) * 100).toFixed(2))}% ${discount < 0 ? 'more' : 'off'} by your configuration`;
  const { priceProvenance } = model;
  return {
    ...model,
    price: price(model.price),
    tiers: model.tiers.map(({ aboveInputTokens, ...rates }) => ({ ...price(rates), aboveInputTokens })),
    units: model.units.map((unit) => ({ ...unit, price: upToThousandth(unit.price * factor) })),
    fees: Object.fromEntries(Object.entries(model.fees).map(([name, fee]) => [name, discounted(fee, factor)])) as Fees,
    priceProvenance: priceProvenance && { ...priceProvenance, source: `${priceProvenance.source}, ${share}` },
  };
}

function discounted({ low, medium, high }: FeeRate, factor: number): FeeRate {
  return { low: times(low, factor), medium: times(medium, factor), high: times(high, factor) };
}

function times(rate: number | null, factor: number): number | null {
  return rate === null ? null : upToThousandth(rate * factor);
}

/** Rates are exact to the thousandth, and never rounded down; a double's own error is not a reason to round up. */
function upToThousandth(rate: number): number {
  return Math.max(0, Math.ceil(rate * 1000 - 1e-6)) / 1000;
}

function known(price: Price): Partial<Price> {
  return Object.fromEntries(Object.entries(price).filter(([, rate]) => rate !== null));
}

function definedFees(fees: PriceOverride['fees'] = {}): Partial<Record<Fee, number>> {
  const defined: Partial<Record<Fee, number>> = {};
  for (const [name, fee] of Object.entries(fees) as [Fee, number | undefined][]) {
    if (fee !== undefined) defined[name] = fee;
  }
  return defined;
}
