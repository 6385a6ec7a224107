/**
 * The catalogue: the user's prices over a table of their choice, over the patch data, over the built-in table.
 * Everything is indexed on demand, provider by provider; nothing is read from disk or network.
 */

import { LRUCache } from 'lru-cache';
import { PROVIDER_TABLE, providerOfAlias } from '../providers/index.ts';
import type { ProviderName } from '../vocabulary.ts';
import { PROVIDERS } from '../vocabulary.ts';
import { bareModel, buildModel, type Maker } from './build-model.ts';
import type { Catalogue, Discount, Model, PriceOverride } from './catalogue.ts';
import { PATCH_DATE } from './data/patches.ts';
import { createPins, LOCK_FILE, type PriceLock } from './lock/price-lock.ts';
import { momentOf } from './price-at.ts';
import { type PriceTable, priceTable } from './price-table.ts';
import { type Entry, providerSources, tableProvenance } from './source.ts';
import { createStatements } from './stated-prices.ts';

export interface CatalogueOptions {
  /** Decides which of several dated prices applies. */
  readonly now: Date;
  /** True if calls run at `now`, so that prices by time of day apply. A scan does not know when code will run. */
  readonly isTimed?: boolean;
  readonly overrides?: readonly PriceOverride[];
  readonly discounts?: readonly Discount[];
  /** Models by deployment name (Azure), or by the id of a profile or endpoint that stands for them. */
  readonly deployments?: Readonly<Record<string, string>>;
  /** A newer price table than the built-in one. */
  readonly table?: PriceTable | null;
  /** Pinned prices, which come before those of the tables; the user's own come before them. */
  readonly lock?: PriceLock | null;
}

/** Ids come from source code, so their number and length are otherwise unbounded. */
const MAX_REMEMBERED = 10_000;
const MAX_ID_LENGTH = 512;

/** @example createCatalogue({ now: new Date() }).find('openai', 'gpt-4o-2024-08-06')?.price.input // 2500 */
export function createCatalogue(options: CatalogueOptions): Catalogue {
  const { now, isTimed = false, overrides = [], discounts = [], deployments = {}, table = null, lock = null } = options;
  const moment = momentOf(now, isTimed);
  const remembered = new LRUCache<string, { readonly model: Model | null }>({ max: MAX_REMEMBERED });
  const asPaid = createStatements({ overrides, discounts });
  const sources = providerSources(table);
  const pinned = createPins(lock);

  const modelOf = (entry: Entry): Model => {
    const { free } = PROVIDER_TABLE[entry.provider].sales;
    const model = buildModel(entry, moment, makerOf(entry.provider, entry.id));
    return free?.pattern.test(entry.id) === true ? asFree(model, free.source) : model;
  };

  /** The maker's model that a host's id names. */
  const makerOf = (host: ProviderName, id: string): Maker | null => {
    for (const { maker, pattern, id: template, samePrice = null, hasSameTiers = false } of PROVIDER_TABLE[host].sales
      .makers ?? []) {
      if (!pattern.test(id)) continue;
      const entry = sources(maker).find(id.replace(pattern, template));
      if (entry !== null) return { model: buildModel(entry, moment, null), samePrice, hasSameTiers };
    }
    return null;
  };

  const findAt = (provider: ProviderName, id: string): Model | null => {
    const { kind, free } = PROVIDER_TABLE[provider].sales;
    if (kind === 'unknown') return null;
    if (kind === 'local') return bareModel(provider, id, 'runs locally: no list price');
    const entry = sources(provider).find(id);
    if (entry !== null) return modelOf(entry);
    // The host sells it: at the maker's price if the host says so, otherwise at an unknown price.
    if (makerOf(provider, id) !== null || free?.pattern.test(id) === true) return modelOf(unlisted(provider, id));
    const [prefix, rest] = splitPrefix(id);
    return prefix === provider ? findAt(provider, rest) : null;
  };

  const findAnywhere = (id: string): Model | null => {
    const [prefix, rest] = splitPrefix(id);
    if (prefix !== null) {
      const model = findAt(prefix, rest);
      if (model !== null) return model;
    }
    // The maker's own entry takes precedence over a host's; two of the same kind are ambiguous.
    for (const kind of ['maker', 'host'] as const) {
      const entries = PROVIDERS.filter((provider) => PROVIDER_TABLE[provider].sales.kind === kind).flatMap(
        (provider) => sources(provider).find(id) ?? [],
      );
      if (entries.length > 0) return entries.length === 1 && entries[0] !== undefined ? modelOf(entries[0]) : null;
    }
    return null;
  };

  const find = (provider: ProviderName, name: string): Model | null => {
    const id = modelOfDeployment(deployments, name);
    if (id === '' || id.length > MAX_ID_LENGTH) return null;
    const key = `${provider} ${id}`;
    const known = remembered.get(key);
    if (known !== undefined) return known.model;
    const listed = PROVIDER_TABLE[provider].sales.kind === 'undecided' ? findAnywhere(id) : findAt(provider, id);
    const model = asPaid(provider, id, pinned(provider, id, listed), moment.day);
    remembered.set(key, { model });
    return model;
  };

  const lists = new Map<ProviderName, readonly Model[]>();
  const modelsOf = (provider: ProviderName): readonly Model[] => {
    const known = lists.get(provider);
    if (known !== undefined) return known;
    const models = sources(provider)
      .entries()
      .map((entry) => {
        const listed = modelOf(entry);
        const model = pinned(provider, entry.id, listed) ?? listed;
        return asPaid(provider, entry.id, model, moment.day) ?? model;
      });
    lists.set(provider, models);
    return models;
  };

  const builtIn = `genai-prices of ${priceTable().date}, patched ${PATCH_DATE}`;
  const tables =
    table === null
      ? { source: builtIn, asOf: PATCH_DATE }
      : { source: `${table.name} of ${table.date}, over ${builtIn}`, asOf: table.date };
  return {
    provenance:
      lock === null ? tables : { source: `${LOCK_FILE} of ${lock.date}, over ${tables.source}`, asOf: lock.date },
    find,
    models: (provider) => (provider === undefined ? PROVIDERS.flatMap(modelsOf) : modelsOf(provider)),
  };
}

/**
 * The model that a deployment runs, according to the names that the user gives; any other name is taken to be a model's
 * own.
 */
export function modelOfDeployment(deployments: Readonly<Record<string, string>>, name: string): string {
  const trimmed = name.trim();
  return Object.hasOwn(deployments, trimmed) ? (deployments[trimmed] ?? trimmed) : trimmed;
}

function unlisted(provider: ProviderName, id: string): Entry {
  return {
    provider,
    id,
    fresh: null,
    listed: null,
    patch: null,
    patchFile: null,
    freshProvenance: null,
    tableProvenance: tableProvenance(),
  };
}

function asFree(model: Model, source: string): Model {
  const price = { ...model.price, input: 0, output: 0, cacheRead: 0 };
  return { ...model, price, tiers: [], priceProvenance: { source, asOf: PATCH_DATE } };
}

/** `openai/gpt-4o` and `openai:gpt-4o` as the provider and the rest; null and the whole id without a known prefix. */
function splitPrefix(id: string): [ProviderName | null, string] {
  const match = /^([\w-]+)[/:](.+)$/.exec(id);
  const [, prefix = '', rest = ''] = match ?? [];
  const provider = providerOfAlias(prefix);
  return provider === null ? [null, id] : [provider, rest];
}
