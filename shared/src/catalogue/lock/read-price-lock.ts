/** Reads `farthing.lock.json`. A lock with any mistake is not used at all: half of a lock would mix two price tables. */
import { nanoDollarsPerUse } from '../../money.ts';
import { type FeeRate, type Fees, RATES, SEARCH_CONTEXTS } from '../../rates.ts';
import { UNIT_SETTINGS, UNITS, type UnitPrice } from '../../units.ts';
import { FEES, type Fee, PROVIDERS } from '../../vocabulary.ts';
import type { PriceTier } from '../catalogue.ts';
import { type JsonReader, MalformedData, readerOf } from '../json-reader.ts';
import { toPrice } from '../listed-rates.ts';
import { oneOf, readRates, refuseOthers } from '../read-price-table.ts';
import { LOCK_FILE, type LockedModel, type PriceLock } from './price-lock.ts';

export interface ReadLock {
  readonly lock: PriceLock | null;
  /** Why there is none, with the position of the mistake. */
  readonly problem: string | null;
}

const FACTORS = ['batch', 'flex', 'priority', 'residency'] as const;
const KEYS = ['provider', 'model', ...RATES, 'steps', 'fees', 'units', ...FACTORS, 'source', 'asOf'];

export function readPriceLock(text: string): ReadLock {
  try {
    const root = readerOf(JSON.parse(text.replace(/^\uFEFF/, '')));
    if (root.at('version').value !== 1) root.at('version').fail('another version of Farthing wrote it');
    refuseOthers(root, ['$schema', 'version', 'date', 'source', 'models']);
    const models = root.at('models').items().map(readModel);
    const names = new Set<string>();
    for (const [index, { provider, id }] of models.entries()) {
      if (names.has(`${provider} ${id}`)) root.at('models').at(index).fail('this model is in the file twice');
      names.add(`${provider} ${id}`);
    }
    return { lock: { date: root.at('date').day(), source: root.at('source').text(), models }, problem: null };
  } catch (error) {
    if (error instanceof MalformedData) return { lock: null, problem: error.message };
    if (error instanceof SyntaxError) return { lock: null, problem: `it is not JSON: ${error.message}` };
    throw error;
  }
}

function readModel(entry: JsonReader): LockedModel {
  refuseOthers(entry, KEYS);
  const factorOf = (name: (typeof FACTORS)[number]): number | null =>
    entry.has(name) ? entry.at(name).dollars() : null;
  return {
    provider: oneOf(entry.at('provider'), PROVIDERS),
    id: entry.at('model').text(),
    price: toPrice(readRates(entry)),
    tiers: entry.has('steps') ? entry.at('steps').items().map(readStep) : [],
    fees: entry.has('fees') ? readFees(entry.at('fees')) : {},
    units: entry.has('units') ? entry.at('units').items().map(readUnit) : [],
    batchFactor: factorOf('batch'),
    flexFactor: factorOf('flex'),
    priorityFactor: factorOf('priority'),
    residencyFactor: factorOf('residency'),
    priceProvenance: entry.has('source')
      ? { source: entry.at('source').text(), asOf: entry.at('asOf').day() }
      : { source: LOCK_FILE, asOf: '2000-01-01' },
  };
}

function readStep(step: JsonReader): PriceTier {
  refuseOthers(step, ['above', ...RATES]);
  return { aboveInputTokens: step.at('above').count(), ...toPrice(readRates(step)) };
}

function readFees(fees: JsonReader): Fees {
  refuseOthers(fees, FEES);
  const read: Partial<Record<Fee, FeeRate>> = {};
  for (const name of fees.keys()) read[name as Fee] = readFee(fees.at(name));
  return read;
}

/** Null where a fee is charged at an unknown price. */
function readFee(fee: JsonReader): FeeRate {
  const rate = (reader: JsonReader): number | null =>
    reader.value === null ? null : nanoDollarsPerUse(reader.dollars());
  if (typeof fee.value !== 'object' || fee.value === null) {
    const one = rate(fee);
    return { low: one, medium: one, high: one };
  }
  refuseOthers(fee, SEARCH_CONTEXTS);
  return { low: rate(fee.at('low')), medium: rate(fee.at('medium')), high: rate(fee.at('high')) };
}

function readUnit(unit: JsonReader): UnitPrice {
  refuseOthers(unit, ['unit', 'price', 'when', 'isDefault', 'isEstimate', 'usualCount']);
  const when = unit.at('when');
  refuseOthers(when, UNIT_SETTINGS);
  const name = unit.at('unit').text();
  return {
    unit: UNITS.find((one) => one === name) ?? unit.at('unit').fail(`"${name}" is not sold by the piece`),
    price: nanoDollarsPerUse(unit.at('price').dollars()),
    when: Object.fromEntries(when.keys().map((key) => [key, when.at(key).text()])),
    isDefault: unit.at('isDefault').flag(),
    isEstimate: unit.at('isEstimate').flag(),
    usualCount: unit.has('usualCount') ? unit.at('usualCount').count() : null,
  };
}
