/**
 * Reads a user's price table: a list of models in our own format (`docs/prices.md`), or providers in the format of
 * genai-prices, as its repository publishes them. A table with any mistake is not used at all.
 */

import { type Fee, RATES, type RateName, SEARCH_CONTEXTS, type SearchContext } from '../rates.ts';
import { FEES, PROVIDERS, type ProviderName } from '../vocabulary.ts';
import { type JsonReader, MalformedData, readerOf } from './json-reader.ts';
import type {
  ListedFee,
  ListedFees,
  ListedHours,
  ListedModel,
  ListedPrice,
  ListedRates,
  ListedStep,
  PriceTable,
} from './price-table.ts';
import { readGenaiProviders } from './read-genai-prices.ts';

export interface ReadTable {
  readonly table: PriceTable | null;
  /** Why there is no table, with the position of the mistake; or what was skipped. Without the table's name. */
  readonly problems: readonly string[];
}

/**
 * @param name how messages and reports refer to the table: its path or address
 * @param date YYYY-MM-DD: when it was written or fetched, for tables that do not say
 */
export function readPriceTable(text: string, name: string, date: string): ReadTable {
  try {
    const root = readerOf(JSON.parse(text.replace(/^\uFEFF/, '')));
    if (Array.isArray(root.value)) {
      const { providers, problems } = readGenaiProviders(root);
      return { table: { name, date, providers }, problems };
    }
    const known = root.has('date') ? root.at('date').day() : date;
    return { table: { name, date: known, providers: {}, sellers: readModels(root) }, problems: [] };
  } catch (error) {
    if (error instanceof MalformedData) return { table: null, problems: [error.message] };
    if (error instanceof SyntaxError) return { table: null, problems: [`it is not JSON: ${error.message}`] };
    throw error;
  }
}

const TABLE_KEYS = ['$schema', 'date', 'models'];

/** Several entries of one model are its prices by date. */
function readModels(root: JsonReader): NonNullable<PriceTable['sellers']> {
  refuseOthers(root, TABLE_KEYS);
  const sellers: Partial<Record<ProviderName, ListedModel[]>> = {};
  for (const entry of root.at('models').items()) {
    refuseOthers(entry, MODEL_KEYS);
    const provider = oneOf(entry.at('provider'), PROVIDERS);
    const id = entry.at('model').text();
    const models = sellers[provider] ?? [];
    sellers[provider] = models;
    const price = readPrice(entry);
    const earlier = models.findIndex((model) => model.id === id);
    const model = models[earlier];
    if (model !== undefined) models[earlier] = { ...model, prices: byDate([...model.prices, price], entry) };
    else {
      models.push({
        id,
        ...(entry.has('aliases') && {
          names: entry
            .at('aliases')
            .items()
            .map((alias) => alias.text()),
        }),
        ...(entry.has('context') && { context: entry.at('context').count() }),
        prices: [price],
      });
    }
  }
  return sellers;
}

function byDate(prices: readonly ListedPrice[], entry: JsonReader): readonly ListedPrice[] {
  const sorted = [...prices].sort((a, b) => (a.from ?? '').localeCompare(b.from ?? ''));
  for (const [index, price] of sorted.entries()) {
    if (index > 0 && price.from === sorted[index - 1]?.from) {
      entry.fail(`two prices of this model hold from ${price.from ?? 'the beginning'}`);
    }
  }
  return sorted;
}

const PRICE_KEYS = ['from', 'until', 'steps', 'hours', 'fees'];
const MODEL_KEYS = ['provider', 'model', 'aliases', 'context', ...PRICE_KEYS, ...RATES];

function readPrice(entry: JsonReader): ListedPrice {
  return {
    ...readRates(entry),
    ...(entry.has('from') && { from: entry.at('from').day() }),
    ...(entry.has('until') && { until: entry.at('until').day() }),
    ...(entry.has('steps') && { steps: entry.at('steps').items().map(readStep) }),
    ...(entry.has('hours') && { hours: entry.at('hours').items().map(readHours) }),
    ...(entry.has('fees') && { fees: readFees(entry.at('fees')) }),
  };
}

function readStep(step: JsonReader): ListedStep {
  refuseOthers(step, ['above', ...RATES]);
  return { above: step.at('above').count(), ...readRates(step) };
}

function readHours(hours: JsonReader): ListedHours {
  refuseOthers(hours, ['from', 'to', 'weekdays', ...RATES]);
  return {
    from: timeOf(hours.at('from')),
    to: timeOf(hours.at('to')),
    ...(hours.has('weekdays') && { weekdays: hours.at('weekdays').flag() }),
    ...readRates(hours),
  };
}

export function timeOf(time: JsonReader): string {
  const text = time.text();
  return /^([01]\d|2[0-3]):[0-5]\d/.test(text) ? text.slice(0, 5) : time.fail(`"${text}" is not a time like 16:30`);
}

export function readRates(entry: JsonReader): ListedRates {
  const rates: Partial<Record<RateName, number>> = {};
  for (const name of RATES) if (entry.has(name)) rates[name] = entry.at(name).dollars();
  return rates;
}

function readFees(entry: JsonReader): ListedFees {
  refuseOthers(entry, FEES);
  const fees: Partial<Record<Fee, ListedFee>> = {};
  for (const name of FEES) if (entry.has(name)) fees[name] = readFee(entry.at(name));
  return fees;
}

function readFee(fee: JsonReader): ListedFee {
  if (typeof fee.value === 'number') return fee.dollars();
  refuseOthers(fee, SEARCH_CONTEXTS);
  const rate = (context: SearchContext): number => fee.at(context).dollars();
  return { low: rate('low'), medium: rate('medium'), high: rate('high') };
}

export function oneOf<Name extends string>(reader: JsonReader, names: readonly Name[]): Name {
  const text = reader.text();
  return names.find((name) => name === text) ?? reader.fail(`"${text}" is not a provider. "farthing sdks" lists them`);
}

export function refuseOthers(entry: JsonReader, known: readonly string[]): void {
  const unknown = entry.keys().find((key) => !known.includes(key));
  if (unknown !== undefined) entry.fail(`unknown key "${unknown}". Known are ${known.join(', ')}`);
}
