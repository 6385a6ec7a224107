/**
 * What the catalogue knows about a model: prices, limits and retirement, each with its date and source. The lines are
 * few and short, because an editor's hover is about 85 characters wide and a dozen lines high.
 */
import type { Model, Price } from '@farthing/shared/catalogue/catalogue';
import { formatCount } from '@farthing/shared/money';
import { describeRetirement, describeSource } from '../../report/describe.ts';

export function modelCard(model: Model): readonly string[] {
  const { price, priceProvenance, retirement } = model;
  const lines = [`${model.id} (${model.provider})`, `per million: ${describePrice(price)}`];
  if (priceProvenance !== null) lines.push(`as of ${priceProvenance.asOf}, ${priceProvenance.source}`);
  for (const tier of model.tiers) lines.push(`above ${formatCount(tier.aboveInputTokens)} in: ${describePrice(tier)}`);
  lines.push(`output up to ${count(model.maxOutput)}, context ${count(model.contextWindow)}${describeCache(model)}`);
  if (retirement === null) lines.push('retires: no date published');
  else {
    lines.push(`retires: ${describeRetirement(retirement)} (${describeSource(retirement)}, ${retirement.asOf})`);
  }
  return lines;
}

function describeCache({ cacheMinimum, cacheMode }: Model): string {
  if (cacheMinimum === null || cacheMode === 'none') return '';
  return `, caches ${cacheMode === 'marker' ? 'marked prompts' : 'automatically'} from ${formatCount(cacheMinimum)} tokens`;
}

/** `$2 in, $10 out, $0.20 cache read`; unknown parts are omitted. */
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

/** Nano-dollars per token as dollars per million: `$5`, `$0.20`, `$0.125`. */
export function formatRate(rate: number): string {
  const [whole, cents = ''] = String(rate / 1000).split('.');
  return cents === '' ? `$${whole}` : `$${whole}.${cents.padEnd(2, '0')}`;
}

function count(tokens: number | null): string {
  return tokens === null ? 'unknown' : formatCount(tokens);
}
