/** What the price table knows, as data: money in decimal dollars, rates per million tokens, null for what is unknown. */
import type { Catalogue, Model } from '@farthing/shared/catalogue/catalogue';
import { toDollars } from '@farthing/shared/money';
import { type Price, RATES } from '@farthing/shared/rates';

export function modelsJson(models: readonly Model[], { provenance: { source, asOf } }: Catalogue): string {
  return `${JSON.stringify({ version: 1, prices: { source, date: asOf }, models: models.map(modelData) }, null, 2)}\n`;
}

function modelData(model: Model) {
  const { priceProvenance, provenance, generation: _, price, tiers, fees, ...facts } = model;
  return {
    ...facts,
    price: ratesOf(price),
    tiers: tiers.map((tier) => ({ aboveInputTokens: tier.aboveInputTokens, price: ratesOf(tier) })),
    fees: Object.fromEntries(
      Object.entries(fees).map(([fee, rate]) => [
        fee,
        Object.fromEntries(
          Object.entries(rate).map(([size, nanos]) => [size, nanos === null ? null : toDollars(nanos)]),
        ),
      ]),
    ),
    sources: { price: priceProvenance, facts: provenance },
  };
}

/** Nano-dollars per token are dollars per billion tokens. */
function ratesOf(price: Price) {
  return Object.fromEntries(RATES.map((rate) => [rate, price[rate] === null ? null : price[rate] / 1000]));
}
