/**
 * Prices as they were on the day when a project pinned them: `farthing.lock.json`. They take the place of list prices, so
 * that a newer table changes no figure until the lock is written anew.
 */
import { NANO_DOLLARS } from '../../money.ts';
import { type FeeRate, type Fees, type Price, RATES, SEARCH_CONTEXTS } from '../../rates.ts';
import type { ProviderName } from '../../vocabulary.ts';
import { bareModel } from '../build-model.ts';
import type { Model } from '../catalogue.ts';

export const LOCK_FILE = 'farthing.lock.json';

/** Everything on which the price of a call depends. */
const PINNED = [
  'price',
  'tiers',
  'fees',
  'units',
  'batchFactor',
  'flexFactor',
  'priorityFactor',
  'residencyFactor',
  'priceProvenance',
] as const satisfies readonly (keyof Model)[];

export type PinnedPrice = Pick<Model, (typeof PINNED)[number]>;

export interface LockedModel extends PinnedPrice {
  readonly provider: ProviderName;
  readonly id: string;
}

export interface PriceLock {
  /** YYYY-MM-DD: when it was written. */
  readonly date: string;
  /** The tables that the prices are from. */
  readonly source: string;
  readonly models: readonly LockedModel[];
}

export function lockedModel(model: Model): LockedModel {
  const { provider, id } = model;
  return { provider, id, ...pinnedOf(model) };
}

function pinnedOf(model: PinnedPrice): PinnedPrice {
  return Object.fromEntries(PINNED.map((name) => [name, model[name]])) as unknown as PinnedPrice;
}

/** The model at its pinned price; one that no table has any longer is known by its price alone. */
export function createPins(
  lock: PriceLock | null,
): (provider: ProviderName, id: string, model: Model | null) => Model | null {
  if (lock === null) return (_provider, _id, model) => model;
  const byName = new Map(lock.models.map((locked) => [`${locked.provider} ${locked.id}`, locked]));
  return (provider, id, model) => {
    const locked = byName.get(`${model?.provider ?? provider} ${model?.id ?? id}`);
    if (locked === undefined) return model;
    const known = model ?? bareModel(locked.provider, locked.id, `${LOCK_FILE} of ${lock.date}`);
    // The price has no end: it is pinned.
    return { ...known, ...pinnedOf(locked), priceUntil: null };
  };
}

/** As it is written to the file: dollars per million tokens and per use; what is unknown is missing. */
export function lockText({ date, source, models }: PriceLock): string {
  const rows = models.map((model) => ({
    provider: model.provider,
    model: model.id,
    ...ratesOf(model.price),
    ...(model.tiers.length > 0 && {
      steps: model.tiers.map(({ aboveInputTokens, ...price }) => ({ above: aboveInputTokens, ...ratesOf(price) })),
    }),
    ...(Object.keys(model.fees).length > 0 && { fees: feesOf(model.fees) }),
    ...(model.units.length > 0 && {
      units: model.units.map(({ price, ...unit }) => ({ ...unit, price: price / NANO_DOLLARS })),
    }),
    ...factor('batch', model.batchFactor),
    ...factor('flex', model.flexFactor),
    ...factor('priority', model.priorityFactor),
    ...factor('residency', model.residencyFactor),
    ...(model.priceProvenance !== null && { source: model.priceProvenance.source, asOf: model.priceProvenance.asOf }),
  }));
  // A model a line: what changed stands alone in a diff, and two branches seldom meet in one line.
  const lines = rows.map((row) => `    ${JSON.stringify(row)}`).join(',\n');
  const head = `{\n  "version": 1,\n  "date": ${JSON.stringify(date)},\n  "source": ${JSON.stringify(source)},\n`;
  return `${head}  "models": [${lines === '' ? '' : `\n${lines}\n  `}]\n}\n`;
}

function ratesOf(price: Price): object {
  const known = RATES.flatMap((name) => (price[name] === null ? [] : [[name, price[name] / 1000]]));
  return Object.fromEntries(known);
}

function feesOf(fees: Fees): object {
  return Object.fromEntries(
    Object.entries(fees).flatMap(([name, rate]) => (rate === undefined ? [] : [[name, feeOf(rate)]])),
  );
}

function feeOf(rate: FeeRate): unknown {
  const [low, medium, high] = SEARCH_CONTEXTS.map((context) => rate[context]);
  const dollars = (nanos: number | null | undefined): number | null => (nanos == null ? null : nanos / NANO_DOLLARS);
  if (low === medium && medium === high) return dollars(low);
  return { low: dollars(low), medium: dollars(medium), high: dollars(high) };
}

function factor(name: string, value: number | null): object {
  return value === null ? {} : { [name]: value };
}

/** By provider and id, so that a file that is written anew differs only where prices do. */
export function sortedModels(models: readonly LockedModel[]): readonly LockedModel[] {
  const key = ({ provider, id }: LockedModel): string => `${provider} ${id}`;
  return models.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}
