/**
 * Validates providers in the format of genai-prices before they are reduced. Members that are not used here may be
 * anything.
 */
import {
  FEE_UNITS,
  type GenaiConditionalPrice,
  type GenaiConstraint,
  type GenaiMatch,
  type GenaiRates,
  type GenaiTiers,
  reduceModel,
  TOKEN_UNITS,
} from './genai-prices.ts';
import type { JsonReader } from './json-reader.ts';
import type { ListedModel } from './price-table.ts';

export interface GenaiTable {
  readonly providers: Readonly<Record<string, readonly ListedModel[]>>;
  readonly problems: readonly string[];
}

/**
 * A model that is charged by a unit which this version does not know is skipped and reported: without the unit, a part
 * of its bill would be missing.
 *
 * @throws MalformedData
 */
export function readGenaiProviders(root: JsonReader): GenaiTable {
  const providers: Record<string, readonly ListedModel[]> = {};
  const problems: string[] = [];
  for (const provider of root.items()) {
    const id = provider.at('id').text();
    providers[id] = provider
      .at('models')
      .items()
      .flatMap((model) => {
        const prices = readPrices(model.at('prices'));
        const unit = unknownUnit(prices);
        if (unit !== null) {
          problems.push(`${model.at('id').text()} of ${id} is skipped: this version does not know the unit "${unit}"`);
          return [];
        }
        return reduceModel({
          id: model.at('id').text(),
          match: readMatch(model.at('match')),
          ...(model.has('context_window') && { context_window: model.at('context_window').count() }),
          prices,
        });
      });
  }
  return { providers, problems };
}

function unknownUnit(prices: readonly GenaiConditionalPrice[]): string | null {
  const units = prices.flatMap((price) => Object.keys(price.prices));
  return units.find((unit) => !Object.hasOwn(TOKEN_UNITS, unit) && !Object.hasOwn(FEE_UNITS, unit)) ?? null;
}

function readPrices(prices: JsonReader): readonly GenaiConditionalPrice[] {
  if (!Array.isArray(prices.value)) return [{ prices: readRates(prices) }];
  return prices.items().map((price) => ({
    ...(price.has('constraint') && { constraint: readConstraint(price.at('constraint')) }),
    prices: readRates(price.at('prices')),
  }));
}

function readRates(rates: JsonReader): GenaiRates {
  return Object.fromEntries(
    rates
      .keys()
      .filter((unit) => rates.has(unit))
      .map((unit) => [unit, readRate(rates.at(unit))]),
  );
}

function readRate(rate: JsonReader): number | GenaiTiers {
  if (typeof rate.value === 'number') return rate.dollars();
  return {
    base: rate.at('base').dollars(),
    tiers: rate
      .at('tiers')
      .items()
      .map((tier) => ({ start: tier.at('start').count(), price: tier.at('price').dollars() })),
  };
}

function readConstraint(constraint: JsonReader): GenaiConstraint {
  if (constraint.has('start_date')) return { start_date: constraint.at('start_date').day() };
  return { start_time: constraint.at('start_time').text(), end_time: constraint.at('end_time').text() };
}

const LEAVES = ['equals', 'starts_with', 'ends_with', 'contains', 'regex'] as const;

function readMatch(match: JsonReader): GenaiMatch {
  if (match.has('or')) return { or: match.at('or').items().map(readMatch) };
  if (match.has('and')) return { and: match.at('and').items().map(readMatch) };
  for (const name of LEAVES) if (match.has(name)) return { [name]: match.at(name).text() } as unknown as GenaiMatch;
  return match.fail('it matches nothing that is known');
}
