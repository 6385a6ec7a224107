/**
 * Combines what the price tables, the patch, the maker of a hosted model and the model's name say into one `Model`.
 */

import { PROVIDER_TABLE } from '../providers/index.ts';
import { NO_PRICE } from '../rates.ts';
import type { ProviderName } from '../vocabulary.ts';
import type { Model, Provenance, Retirement } from './catalogue.ts';
import { feesOf } from './data/fees.ts';
import { PATCH_DATE } from './data/patches.ts';
import { FAMILY_PATTERNS, OUTPUT_KINDS, TOKENIZER_PATTERNS } from './data/patterns.ts';
import { NO_FEES, ratesOf, toFees, toUnits } from './listed-rates.ts';
import { currentPrice, lastDay, type Moment } from './price-at.ts';
import type { Entry } from './source.ts';

/** What is known about the model at its maker, and whether the host charges the maker's price. */
export interface Maker {
  readonly model: Model;
  /** The source for the equal price; null if the host has a price of its own. */
  readonly samePrice: string | null;
  readonly hasSameTiers: boolean;
}

export function buildModel(entry: Entry, moment: Moment, maker: Maker | null): Model {
  const { listed, patch, patchFile } = entry;
  const base = bareModel(entry.provider, listed?.id ?? entry.id, 'price table');
  const patched: Provenance | null =
    patch === null || patchFile === null
      ? null
      : { source: inWords(patch.source ?? patchFile.source), asOf: patch.asOf ?? patchFile.asOf };
  const isCachedByHost = maker !== null && (listed?.prices ?? []).some(({ cacheRead }) => cacheRead !== undefined);
  const facts = maker?.model ?? null;
  const isRegional = PROVIDER_TABLE[entry.provider].sales.hasRegionalIds === true;
  const tiers = maker?.hasSameTiers === true ? maker.model : null;
  const contextWindow = patch?.context ?? listed?.context ?? entry.fresh?.context ?? facts?.contextWindow ?? null;
  const cacheMode = patch?.cacheMode ?? (isCachedByHost || maker?.samePrice ? (facts?.cacheMode ?? null) : null);

  return {
    ...base,
    id: entry.id,
    ...pricesOf(entry, moment, patched, maker, contextWindow),
    contextWindow,
    maxOutput: patch?.maxOutput ?? facts?.maxOutput ?? null,
    // A host that sells cache reads of a model caches it in the same way as its maker.
    cacheMinimum:
      cacheMode === null || cacheMode === 'none' ? null : (patch?.cacheMinimum ?? facts?.cacheMinimum ?? null),
    cacheMode,
    batchFactor: patch?.batchFactor ?? tiers?.batchFactor ?? null,
    flexFactor: patch?.flexFactor ?? tiers?.flexFactor ?? null,
    priorityFactor: patch?.priorityFactor ?? tiers?.priorityFactor ?? null,
    residencyFactor: isRegional ? null : (patch?.residencyFactor ?? facts?.residencyFactor ?? null),
    // Makers number their models differently, so a host's models have no common order of age.
    generation: patch?.generation ?? null,
    retirement:
      patch?.retirement === undefined
        ? null
        : {
            date: patch.retirement.date,
            outcome: patch.retirement.outcome,
            replacement: patch.retirement.replacement,
            ...attributed(patch.retirement.source ?? patched?.source ?? ''),
            asOf: patch.retirement.asOf ?? patched?.asOf ?? PATCH_DATE,
          },
    // A model that its maker has withdrawn may be gone here too and must not be suggested, so its capabilities count as
    // unknown.
    capabilities: patch?.capabilities ?? (facts?.retirement === null ? facts.capabilities : null),
    tokenizer: patch?.tokenizer ?? facts?.tokenizer ?? base.tokenizer,
    family: patch?.family ?? facts?.family ?? base.family,
    provenance: patched ?? entry.tableProvenance,
  };
}

type Priced = Pick<Model, 'price' | 'tiers' | 'priceProvenance' | 'priceUntil' | 'fees' | 'units'>;

/** A price table of the user overrides the patch, which overrides the built-in table. */
function pricesOf(
  entry: Entry,
  moment: Moment,
  patched: Provenance | null,
  maker: Maker | null,
  context: number | null,
): Priced {
  const { provider, fresh, patch, listed } = entry;
  const [prices, provenance] =
    fresh !== null
      ? [fresh.prices, entry.freshProvenance]
      : patch?.prices !== undefined
        ? [patch.prices ?? [], patched]
        : [listed?.prices ?? [], entry.tableProvenance];
  const current = currentPrice(prices, moment);
  if (maker !== null && maker.samePrice !== null && prices.length === 0 && patch?.prices !== null) {
    const { price, tiers, priceUntil, fees, units, priceProvenance } = maker.model;
    const source = `${priceProvenance?.source ?? 'unknown'} (${inWords(maker.samePrice)})`;
    return {
      price,
      tiers,
      priceUntil,
      fees,
      units,
      priceProvenance: priceProvenance && { ...priceProvenance, source },
    };
  }
  const rule = feesOf(provider, entry.id).fees;
  const modelFees = { ...toFees(current?.fees), ...toFees(patch?.fees) };
  // A provider's own statement of its request fees overrides a table that knows only one of several.
  const fees = { ...rule, ...modelFees, ...(rule.request !== undefined && { request: rule.request }) };
  const units = toUnits(patch?.units);
  const soldByUse = patch?.fees === undefined && units.length === 0 ? null : patched;
  if (current === null)
    return { price: NO_PRICE, tiers: [], priceProvenance: soldByUse, priceUntil: null, fees, units };
  const outputKind = OUTPUT_KINDS.find(([pattern]) => pattern.test(entry.id.toLowerCase()))?.[1] ?? null;
  const rates = ratesOf(current, PROVIDER_TABLE[provider].sales.billedAsText ?? [], outputKind);
  const isPriced = Object.values(rates.price).some((rate) => rate !== null) || current.fees !== undefined;
  return {
    price: rates.price,
    // A step that no prompt can reach is a leftover in the table.
    tiers: rates.tiers.filter(({ aboveInputTokens }) => context === null || aboveInputTokens < context),
    priceProvenance: isPriced ? provenance : null,
    priceUntil: lastDay(prices, moment),
    fees,
    units,
  };
}

/** A retirement's source, with its leading mark as data: `[S] a page` is a second-hand page. */
function attributed(source: string): Pick<Retirement, 'source' | 'doubt'> {
  const mark = /^\[([SU])\] /.exec(source);
  if (mark === null) return { source: inWords(source), doubt: null };
  return { source: inWords(source.slice(mark[0].length)), doubt: mark[1] === 'S' ? 'second-hand' : 'unverified' };
}

/** The marks of the data in words: `[S]` is a source that quotes the provider, `[U]` one that has not been checked. */
function inWords(source: string): string {
  return source
    .replace(/^\[S\] /, 'second-hand: ')
    .replace(/^\[U\] /, 'unverified: ')
    .replaceAll(' [S]', ' (second-hand)')
    .replaceAll(' [U]', ' (unverified)');
}

/** What kind of model a name says that it is; null where it says nothing. */
export function familyByName(id: string): Model['family'] | null {
  const name = id.toLowerCase();
  return FAMILY_PATTERNS.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}

/** A model of which only the name is known: the facts that follow from the name, and no price. */
export function bareModel(provider: ProviderName, id: string, source: string): Model {
  const name = id.toLowerCase();
  return {
    id,
    provider,
    price: NO_PRICE,
    tiers: [],
    priceProvenance: null,
    priceUntil: null,
    fees: NO_FEES,
    units: [],
    contextWindow: null,
    maxOutput: null,
    cacheMinimum: null,
    cacheMode: null,
    batchFactor: null,
    flexFactor: null,
    priorityFactor: null,
    residencyFactor: null,
    generation: null,
    retirement: null,
    capabilities: null,
    tokenizer: TOKENIZER_PATTERNS.find(([pattern]) => pattern.test(name))?.[1] ?? 'unknown',
    family: familyByName(id) ?? 'text',
    provenance: { source, asOf: PATCH_DATE },
  };
}
