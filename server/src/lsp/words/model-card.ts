/** What the catalogue knows of a model, in a few lines: prices, limits, retirement, each with its date and source. */
import type { Model, Price } from '@farthing/shared/catalogue/catalogue';
import { formatCount } from '@farthing/shared/money';
import { describeRetirement } from '../../words.ts';

export function modelCard(model: Model): readonly string[] {
  const { price, priceProvenance, retirement } = model;
  const asOf = priceProvenance === null ? '' : `   as of ${priceProvenance.asOf}, ${priceProvenance.source}`;
  const lines = [`${model.id} (${model.provider})`, `per million: ${describePrice(price)}${asOf}`];
  for (const tier of model.tiers) lines.push(`above ${formatCount(tier.aboveInputTokens)} in: ${describePrice(tier)}`);
  lines.push(`output up to ${count(model.maxOutput)}, context ${count(model.contextWindow)}`);
  if (model.cacheMinimum !== null && model.cacheMode !== 'none') {
    const how = model.cacheMode === 'marker' ? 'what the request marks' : 'by itself';
    lines.push(`caches ${how}, from ${formatCount(model.cacheMinimum)} tokens`);
  }
  if (retirement === null) lines.push('retires: no date known');
  else {
    lines.push(`retires: ${describeRetirement(retirement)} (${retirement.source}, ${retirement.asOf})`);
  }
  return lines;
}

/** `$2 in, $10 out, $0.20 cache read`; parts that are not known are left out. */
export function describePrice(price: Price): string {
  const parts = [
    [price.input, 'in'],
    [price.output, 'out'],
    [price.cacheRead, 'cache read'],
    [price.cacheWrite, 'cache write'],
  ] as const;
  const known = parts.flatMap(([rate, name]) => (rate === null ? [] : [`${formatRate(rate)} ${name}`]));
  return known.length === 0 ? 'price unknown' : known.join(', ');
}

/** Nano-dollars a token as dollars per million: `$5`, `$0.20`, `$0.125`. */
export function formatRate(rate: number): string {
  const [whole, cents = ''] = String(rate / 1000).split('.');
  return cents === '' ? `$${whole}` : `$${whole}.${cents.padEnd(2, '0')}`;
}

function count(tokens: number | null): string {
  return tokens === null ? 'unknown' : formatCount(tokens);
}
