/** What recorded calls cost by the price table, whatever the tool that recorded them says. */
import type { Catalogue, Model } from '@farthing/shared/catalogue/catalogue';
import { costPerCall } from '@farthing/shared/cost';
import type { MeasuredTokens } from '@farthing/shared/measured/measured';
import { exactly } from '@farthing/shared/range';
import type { BillingTerms, RecordedCall } from './recorded-call.ts';

/** The nano-dollars that a call cost; null if its usage or a price is unknown. */
export type PriceCall = (call: RecordedCall) => number | null;

const DAY = 86_400_000;
/** Calls are recorded in order, or nearly. */
const MAX_DAYS = 40;

/** @param catalogueOf the prices of a day; called once for each, or nearly */
export function createPriceCall(catalogueOf: (day: Date) => Catalogue, now: Date): PriceCall {
  const byDay = new Map<number, Catalogue>();
  const catalogueAt = (at: number | null): Catalogue => {
    const day = Math.floor((at ?? now.getTime()) / DAY);
    const known = byDay.get(day);
    if (known !== undefined) return known;
    if (byDay.size >= MAX_DAYS) byDay.delete(Math.min(...byDay.keys()));
    const catalogue = catalogueOf(new Date(day * DAY));
    byDay.set(day, catalogue);
    return catalogue;
  };

  return (call) => {
    const { tokens, terms, count = 1 } = call;
    if (tokens === null || count === 0) return null;
    const model = billedModel(call, catalogueAt(call.at));
    if (model === null) return null;
    // Of a sum it is not known how long each prompt was: the price of a usual one applies.
    const priced = call.isSum === true ? { ...model, tiers: [] } : model;
    return costOf(priced, tokens, terms);
  };
}

/** The model whose price applies: the one that answered, if it has a price, and otherwise the one that was asked. */
function billedModel({ provider, model, servedModel }: RecordedCall, catalogue: Catalogue): Model | null {
  const find = (name: string | null): Model | null => (name === null ? null : catalogue.find(provider, name));
  const served = find(servedModel);
  return served !== null && hasPrice(served) ? served : (find(model) ?? served);
}

function hasPrice({ price, fees }: Model): boolean {
  return price.input !== null || Object.keys(fees).length > 0;
}

function costOf(model: Model, tokens: MeasuredTokens, { isBatch, tier }: BillingTerms): number | null {
  const named = tier === 'flex' || tier === 'priority' ? tier : 'standard';
  const range = costPerCall(model, {
    input: exactly(tokens.input, 'measured'),
    output: exactly(tokens.output, 'measured'),
    cachedInput: tokens.cachedInput,
    cacheWriteInput: tokens.cacheWrite,
    cacheWriteLongInput: tokens.cacheWriteLong,
    reasoning: tokens.reasoning,
    batch: isBatch || tier === 'batch',
    tier: named,
  });
  return range?.expected ?? null;
}
