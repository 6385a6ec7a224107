/**
 * What the catalogue knows about a model: prices, limits and retirement, each with its date and source. The lines are
 * few and short, because an editor's hover is about 85 characters wide and a dozen lines high.
 */
import type { Model, Price } from '@farthing/shared/catalogue/catalogue';
import type { Language } from '@farthing/shared/language';
import { formatCount } from '@farthing/shared/money';
import { describeRetirement, describeSource } from '../../report/describe.ts';
import { perMillion } from '../../report/describe-model.ts';
import { messagesIn } from '../../report/messages/index.ts';

export function modelCard(model: Model, language: Language): readonly string[] {
  const { card, ...shared } = messagesFor(language);
  const { price, priceProvenance, retirement } = model;
  const count = (tokens: number | null): string => (tokens === null ? shared.unknown : formatCount(tokens, language));
  const lines = [`${model.id} (${model.provider})`, card.perMillion(describePrice(price, language))];
  if (priceProvenance !== null) lines.push(card.asOf(priceProvenance.asOf, priceProvenance.source));
  for (const tier of model.tiers) lines.push(card.above(count(tier.aboveInputTokens), describePrice(tier, language)));
  const limits = card.limits(count(model.maxOutput), count(model.contextWindow));
  lines.push(limits + describeCache(model, language));
  if (retirement === null) lines.push(card.noRetirement);
  else {
    const source = `${describeSource(retirement, language)}, ${retirement.asOf}`;
    lines.push(card.retires(`${describeRetirement(retirement, language)} (${source})`));
  }
  return lines;
}

function describeCache({ cacheMinimum, cacheMode }: Model, language: Language): string {
  if (cacheMinimum === null || cacheMode === 'none') return '';
  const { card } = messagesFor(language);
  const tokens = formatCount(cacheMinimum, language);
  return cacheMode === 'marker' ? card.cachesMarked(tokens) : card.cachesAutomatically(tokens);
}

/** `$2 in, $10 out, $0.20 cache read`; unknown parts are omitted. */
export function describePrice(price: Price, language: Language): string {
  const { card } = messagesFor(language);
  const known = (['input', 'output', 'cacheRead', 'cacheWrite'] as const).flatMap((part) => {
    const rate = price[part];
    return rate === null ? [] : [card.priceOf[part](formatRate(rate, language))];
  });
  return known.length === 0 ? card.priceUnknown : known.join(', ');
}

/** Nano-dollars per token as dollars per million: `$5`, `$0.20`, `$0.125`. */
export function formatRate(rate: number, language: Language): string {
  return perMillion(rate / 1000, language);
}

function messagesFor(language: Language) {
  const { unknown, editor } = messagesIn(language);
  return { unknown, card: editor.card };
}
