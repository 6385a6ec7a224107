/** Describes the model of a call in words, and what is known of its price without the size of the request. */
import { shownCurrency } from '@farthing/shared/display/currency';
import { NUMBER_STYLES } from '@farthing/shared/display/number-style';
import type { Language } from '@farthing/shared/language';
import type { ReportCall, ReportModel } from '@farthing/shared/report';
import { hasCostOfCallers } from './describe-feature.ts';
import { messagesIn } from './messages/index.ts';

type Call = Pick<ReportCall, 'model'>;

/**
 * `gpt-6-sol (literal)`; a default that can be overridden says by what: `gpt-6-sol (or from the environment)`; of several,
 * which two (`gpt-6-sol or gpt-6-luna`) or how many: `one of 6 models`, `gpt-6-sol (or 5 other models)`; `30% gpt-6-sol, 70% gpt-6-luna (declared)`.
 */
export function describeModel({ model }: Call, language: Language = 'en'): string {
  const messages = messagesIn(language).model;
  const { value, hint, alternatives, source } = model;
  if (value !== null) return `${value} (${messages.sources[source]})`;
  if (isDeclared(model)) return messages.declared(describeDeclared(model, language));
  const origin = source === 'unknown' ? '' : messages.orFrom(source);
  if (alternatives.length > 1) {
    if (hint !== null && alternatives.length > 2) return hint + messages.orOthers(alternatives.length - 1);
    return describeChoice({ model }, language) + (model.open ? origin : '');
  }
  if (hint !== null) return hint + (source === 'unknown' ? ` (${messages.sources.default})` : origin);
  return source === 'unknown' ? messages.unknown : messages.from(source);
}

/** More shares than this are counted. */
const MAX_SHARES = 2;

function describeDeclared(model: ReportModel, language: Language): string {
  const { alternatives } = model;
  const [only, ...rest] = alternatives;
  if (only !== undefined && rest.length === 0) return only.name;
  if (alternatives.length > MAX_SHARES || alternatives.some(({ share }) => share === null))
    return describeChoice({ model }, language);
  return alternatives.map(({ name, share }) => `${Math.round((share ?? 0) * 100)}% ${name}`).join(', ');
}

/**
 * `one of 6 models`, and how many of them have no price; of two that both have one, or both none, which they are, the
 * default first. Empty where the call has one model only.
 */
export function describeChoice({ model: { alternatives, hint } }: Call, language: Language = 'en'): string {
  const messages = messagesIn(language).model;
  const names = alternatives.map(({ name }) => name);
  const [one, other, ...more] = [...names.filter((name) => name === hint), ...names.filter((name) => name !== hint)];
  if (one === undefined || other === undefined) return '';
  const unpriced = alternatives.filter(({ price }) => price === null).length % alternatives.length;
  return more.length === 0 && unpriced === 0 ? messages.either(one, other) : messages.oneOf(names.length, unpriced);
}

export function isDeclared({ alternatives }: ReportModel): boolean {
  return alternatives.length > 0 && alternatives.every(({ decidedBy }) => decidedBy === 'declared');
}

/** True if neither the code, the calls that lead here nor the configuration name a model. */
export function isModelUnknown(call: Pick<ReportCall, 'model' | 'calledFrom'>): boolean {
  return call.model.value === null && call.model.alternatives.length === 0 && !hasCostOfCallers(call);
}

/**
 * `$2 in, $10 out per million tokens`, over all models that the call may use: `$0.10 to $10 in, $0.50 to $50 out per
 * million tokens`. Null if no price is known.
 */
export function describeRates({ model: { alternatives } }: Call, language: Language = 'en'): string | null {
  const messages = messagesIn(language).model;
  const parts = (['input', 'output'] as const).flatMap((rate) => {
    const known = alternatives.flatMap(({ price }) => price?.[rate] ?? []);
    if (known.length === 0) return [];
    const low = perMillion(Math.min(...known), language);
    const high = perMillion(Math.max(...known), language);
    const rates = low === high ? low : NUMBER_STYLES[language].between(low, high);
    return rate === 'input' ? messages.ratesIn(rates) : messages.ratesOut(rates);
  });
  return parts.length === 0 ? null : messages.perMillion(parts.join(', '));
}

/** Of dollars per million tokens, with every decimal: `$2`, `$0.10`, `$0.125`; of another currency, six digits. */
export function perMillion(dollars: number, language: Language = 'en'): string {
  const { decimalSign, money: withSign } = NUMBER_STYLES[language];
  const { rate } = shownCurrency();
  const amount = rate === 1 ? dollars : Number((dollars * rate).toPrecision(6));
  const [whole = '', cents = ''] = String(amount).split('.');
  return withSign(cents === '' ? whole : whole + decimalSign + cents.padEnd(2, '0'));
}
