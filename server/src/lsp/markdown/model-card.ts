/**
 * What the catalogue knows about a model: prices, limits and retirement, each with its date and source. The lines are
 * few and short, because an editor's hover is about 85 characters wide and a dozen lines high. What is not known has no line.
 */
import type { Model, Price, Provenance, Retirement } from '@farthing/shared/catalogue/catalogue';
import type { Language } from '@farthing/shared/language';
import { formatCount } from '@farthing/shared/money';
import { unitTerms } from '@farthing/shared/units';
import type { LlmCall } from '../../calls/call.ts';
import { isInside } from '../../ir/origin.ts';
import { describeRetirement, describeSource } from '../../report/describe.ts';
import { perMillion } from '../../report/describe-model.ts';
import { describeUnitPrice } from '../../report/describe-units.ts';
import { messagesIn } from '../../report/messages/index.ts';
import { inDollars } from '../../report/report.ts';
import type { AnalysedDocument } from '../context.ts';
import { placeName } from './call-facts.ts';
import { type Cell, linkTo, type Page, text } from './page.ts';

/** Its name and all that is known of it, for a list of models. */
export function modelCard(model: Model, language: Language): Page {
  return [{ kind: 'strong', text: `${model.id} (${model.provider})` }, ...modelFacts(model, language)];
}

export function modelFacts(model: Model, language: Language): Page {
  const { card } = messagesIn(language).editor;
  const { price, priceProvenance, retirement } = model;
  const source: readonly Cell[] =
    priceProvenance === null ? [] : [', ', card.asOf(priceProvenance.asOf), sourceOf(priceProvenance)];
  const tiers = model.tiers.map((tier): readonly Cell[] => [
    card.above(formatCount(tier.aboveInputTokens, language), describePrice(tier, language)),
  ]);
  const limits = describeLimits(model, language);
  const units = priceOfUnit(model, language);
  const tokens = units === null || price.input !== null ? [card.perMillion(describePrice(price, language))] : [];
  const items: readonly (readonly Cell[])[] = [
    [[...(units === null ? [] : [units]), ...tokens].join(', '), ...source],
    ...tiers,
    ...(limits === '' ? [] : [[limits]]),
    ...(retirement === null ? [] : [[card.retires(describeEnd(retirement, language))]]),
  ];
  return [{ kind: 'list', items }];
}

/** `$0.006 per minute of audio, literal`; null for a model that is billed by tokens. */
function priceOfUnit(model: Model, language: Language): string | null {
  const terms = unitTerms(model, {});
  if (terms === null) return null;
  const { unit, price } = terms;
  return describeUnitPrice({ unit, price: price && inDollars(price) }, language);
}

/** Where the code names the model of a call. */
export function modelSource(call: LlmCall, { workspace, locationOf }: AnalysedDocument, language: Language): Page {
  const { origin } = call.model;
  if (origin === null || isInside(origin, call.origin)) return [];
  const link = linkTo(locationOf(origin), placeName(origin, workspace, language));
  return [text(messagesIn(language).editor.card.namedAt, link)];
}

function describeEnd(retirement: Retirement, language: Language): string {
  const source = `${describeSource(retirement, language)}, ${retirement.asOf}`;
  return `${describeRetirement(retirement, language)} (${source})`;
}

/** `output up to 128,000, context 400,000, caches automatically from 1,024 tokens`: as far as it is known. */
function describeLimits({ maxOutput, contextWindow, cacheMinimum, cacheMode }: Model, language: Language): string {
  const { card } = messagesIn(language).editor;
  const count = (tokens: number): string => formatCount(tokens, language);
  const cache = cacheMode === 'marker' ? card.cachesMarked : card.cachesAutomatically;
  return [
    ...(maxOutput === null ? [] : [card.maxOutput(count(maxOutput))]),
    ...(contextWindow === null ? [] : [card.context(count(contextWindow))]),
    ...(cacheMinimum === null || cacheMode === 'none' ? [] : [cache(count(cacheMinimum))]),
  ].join(', ');
}

/** Sources that have one address for all that they say. */
const ADDRESSES: Readonly<Record<string, string>> = {
  'genai-prices': 'https://github.com/pydantic/genai-prices',
};

function sourceOf({ source }: Provenance): Cell {
  const [name = ''] = source.split(/[ ,]/);
  const uri = ADDRESSES[name];
  return uri === undefined ? source : { text: source, uri };
}

/** `$2 in, $10 out, $0.20 cache read`; unknown parts are omitted. */
export function describePrice(price: Price, language: Language): string {
  const { card } = messagesIn(language).editor;
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
