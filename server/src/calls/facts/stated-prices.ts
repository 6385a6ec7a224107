/**
 * What the code around a call believes that models cost: tables of prices in its module, and in those that it imports under
 * names of money. Figures are as they are written; what they count in, only a comparison can tell.
 */
import type { Evaluator } from '../../evaluate/evaluator.ts';
import type { ModuleScope } from '../../evaluate/scopes/scope.ts';
import type { ObjectValue, Value } from '../../evaluate/values.ts';
import type { Expression, Import, ObjectLiteral, Property } from '../../ir/nodes.ts';
import { nodesWithin } from '../../ir/walk.ts';
import { codeFact } from './fact.ts';

export interface StatedPrice {
  readonly model: string;
  readonly input: number;
  readonly output: number;
  /** Offsets of the entry. */
  readonly start: number;
  readonly end: number;
}

/** The prices in one file, in the order of the code. */
export interface PriceTable {
  readonly path: string;
  readonly prices: readonly StatedPrice[];
}

export const statedPrices = codeFact('statedPrices', ({ record, evaluator }): readonly PriceTable[] =>
  tablesAround(record.scope.module, evaluator),
);

/** Imports of imports: the request's module, what counts its costs, and what that reads the prices from. */
const MAX_DEPTH = 3;
const MAX_MODULES = 20;
/** A table of more is a copy of someone else's, and is compared by its beginning. */
const MAX_PRICES = 200;

/** Names of files and functions that know about money. */
const MONEY = /pric(?:e|ing)|costs?(?![a-z])|usage|billing|spend|token_?count|CostTracker/i;
/** A module without these states no price of a known model. */
const STATES_PRICES = /pric|cost|per_?(?:token|1k|million)|prompt|input/i;
const NAMES_MODELS = /\b(?:gpt|claude|gemini|grok|deepseek|mistral|command|o[134])-/i;

function tablesAround(module: ModuleScope, evaluator: Evaluator): readonly PriceTable[] {
  const seen = new Set<string>([module.loaded.path]);
  const tables: PriceTable[] = [];
  let level = [module];
  for (let depth = 0; depth <= MAX_DEPTH && level.length > 0; depth++) {
    for (const one of level) {
      const prices = pricesIn(one, evaluator);
      if (prices.length > 0) tables.push({ path: one.loaded.path, prices });
    }
    if (depth < MAX_DEPTH) level = level.flatMap((one) => importedForMoney(one, evaluator, seen));
  }
  return tables;
}

function importedForMoney(module: ModuleScope, evaluator: Evaluator, seen: Set<string>): readonly ModuleScope[] {
  const { path } = module.loaded;
  return importsOf(module).flatMap(({ module: specifier, names }) => {
    if (!MONEY.test(specifier) && !names.some(({ imported }) => MONEY.test(imported))) return [];
    // Python: `from package import module` names a module as well.
    const separator = specifier.endsWith('.') ? '' : '.';
    const asModules = names.map(({ imported }) => `${specifier}${separator}${imported}`);
    return [specifier, ...(module.loaded.node.language === 'python' ? asModules : [])].flatMap((name) => {
      const found = evaluator.host.resolve(path, name);
      if (found.kind !== 'module' || seen.has(found.path) || seen.size > MAX_MODULES) return [];
      seen.add(found.path);
      return evaluator.module(found.path) ?? [];
    });
  });
}

function importsOf(module: ModuleScope): readonly Import[] {
  return module.loaded.node.body.filter((statement): statement is Import => statement.kind === 'import');
}

const known = new WeakMap<ModuleScope, readonly StatedPrice[]>();

function pricesIn(module: ModuleScope, evaluator: Evaluator): readonly StatedPrice[] {
  const prices = known.get(module) ?? readPrices(module, evaluator);
  known.set(module, prices);
  return prices;
}

function readPrices(module: ModuleScope, evaluator: Evaluator): readonly StatedPrice[] {
  const { text, node } = module.loaded;
  if (!NAMES_MODELS.test(text) || !STATES_PRICES.test(text)) return [];
  const frame = evaluator.frameOf(module.root);
  const evaluate = (expression: Expression): Value => evaluator.evaluate(expression, frame);
  const found: StatedPrice[] = [];
  for (const statement of node.body) {
    for (const one of nodesWithin(statement)) {
      if (one.kind !== 'object' || found.length >= MAX_PRICES) continue;
      for (const price of pricesOf(one as ObjectLiteral, evaluate)) found.push(price);
    }
  }
  return found.slice(0, MAX_PRICES).toSorted((a, b) => a.start - b.start);
}

/** The prices that an object states: of the models that are its keys, or of the one that it names. */
function pricesOf(node: ObjectLiteral, evaluate: (expression: Expression) => Value): readonly StatedPrice[] {
  const properties = node.entries.filter((entry): entry is Property => entry.kind === 'property');
  const named = properties.find(({ key, value }) => isNameKey(key) && value.kind === 'string' && isModel(value.value));
  if (named?.value.kind === 'string') {
    const price = priceIn(evaluate(node));
    return price === null ? [] : [{ model: named.value.value, ...price, start: node.start, end: node.end }];
  }
  return properties.flatMap(({ key, value, start, end }) => {
    if (typeof key !== 'string' || !isModel(key)) return [];
    const price = priceIn(evaluate(value));
    return price === null ? [] : [{ model: key, ...price, start, end }];
  });
}

function isNameKey(key: Property['key']): boolean {
  return typeof key === 'string' && /^(?:id|model|name|slug|model_?(?:id|name))$/i.test(key);
}

function isModel(text: string): boolean {
  return /^[\w./:@-]{4,80}$/.test(text) && /\d/.test(text);
}

const INPUT = /input|prompt|^in$/i;
const OUTPUT = /output|completion|^out$/i;
/** Prices of something else than plain text, limits, and counts. */
const OTHER = /cach|audio|image|video|batch|priority|flex|above|over|max|limit|second|search|reason|tokens?$/i;

function priceIn(value: Value, depth = 0): Pick<StatedPrice, 'input' | 'output'> | null {
  if (value.kind !== 'object') return null;
  const [input, output] = [INPUT, OUTPUT].map((kind) => numberAt(value, kind));
  if (input != null && output != null) return { input, output };
  if (depth > 0) return null;
  for (const [key, entry] of value.entries) {
    const nested = /pric|cost|rate/i.test(key) ? priceIn(entry.value, depth + 1) : null;
    if (nested !== null) return nested;
  }
  return null;
}

function numberAt({ entries }: ObjectValue, kind: RegExp): number | null {
  for (const [key, { value }] of entries) {
    const isPrice = kind.test(key) && (!OTHER.test(key) || /per_?token$/i.test(key));
    if (isPrice && value.kind === 'number' && value.value > 0) return value.value;
  }
  return null;
}
