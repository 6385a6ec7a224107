/**
 * The catalogue: the user's prices over the patch data over the price table. Everything is indexed when it is first
 * asked for, provider by provider; nothing is read from disk or network.
 */
import type { ProviderName } from '../vocabulary.ts';
import { PROVIDERS } from '../vocabulary.ts';
import { bareModel, buildModel, toPrice } from './build-model.ts';
import type { Catalogue, Model, PriceOverride } from './catalogue.ts';
import { PATCH_DATE } from './data/patches.ts';
import { PROVIDER_PREFIXES, PROVIDER_TRAITS } from './data/providers.ts';
import { lookUp } from './names.ts';
import { priceTable } from './price-table.ts';
import { type Entry, providerSource } from './source.ts';

export interface CatalogueOptions {
  /** Decides which of several dated prices holds. */
  readonly now: Date;
  readonly overrides?: readonly PriceOverride[];
}

/** Ids come from source code, so their number and length have no bound of their own. */
const MAXIMUM_REMEMBERED = 10_000;
const MAXIMUM_ID_LENGTH = 512;

/** @example createCatalogue({ now: new Date() }).find('openai', 'gpt-4o-2024-08-06')?.price.input // 2500 */
export function createCatalogue({ now, overrides = [] }: CatalogueOptions): Catalogue {
  const today = now.toISOString().slice(0, 10);
  const remembered = new Map<string, Model | null>();
  const stated = statedPrices(overrides);

  const modelOf = (entry: Entry): Model => buildModel(entry, today, makerOf(entry.provider, entry.id));

  /** The maker's model that a host's id names. */
  const makerOf = (host: ProviderName, id: string): Model | null => {
    for (const { maker, pattern, id: template } of PROVIDER_TRAITS[host].makers ?? []) {
      if (!pattern.test(id)) continue;
      const entry = providerSource(maker).find(id.replace(pattern, template));
      if (entry !== null) return buildModel(entry, today, null);
    }
    return null;
  };

  const findAt = (provider: ProviderName, id: string): Model | null => {
    if (PROVIDER_TRAITS[provider].kind === 'local') return bareModel(provider, id, 'runs locally: no list price');
    const entry = providerSource(provider).find(id);
    if (entry !== null) return modelOf(entry);
    const maker = makerOf(provider, id);
    // The host sells it, at a price that is not known: never the maker's.
    if (maker !== null) return buildModel({ provider, id, listed: null, patch: null, patchFile: null }, today, maker);
    const [prefix, rest] = splitPrefix(id);
    return prefix === provider ? findAt(provider, rest) : null;
  };

  const findAnywhere = (id: string): Model | null => {
    const [prefix, rest] = splitPrefix(id);
    if (prefix !== null) {
      const model = findAt(prefix, rest);
      if (model !== null) return model;
    }
    // The maker's own entry stands above a host's; two of either kind are ambiguous.
    for (const kind of ['maker', 'host'] as const) {
      const entries = PROVIDERS.filter((provider) => PROVIDER_TRAITS[provider].kind === kind).flatMap(
        (provider) => providerSource(provider).find(id) ?? [],
      );
      if (entries.length > 0) return entries.length === 1 && entries[0] !== undefined ? modelOf(entries[0]) : null;
    }
    return null;
  };

  const find = (provider: ProviderName, model: string): Model | null => {
    const id = model.trim();
    if (id === '' || id.length > MAXIMUM_ID_LENGTH) return null;
    const key = `${provider} ${id}`;
    const known = remembered.get(key);
    if (known !== undefined) return known;
    const listed = PROVIDER_TRAITS[provider].kind === 'undecided' ? findAnywhere(id) : findAt(provider, id);
    const found = applyStated(stated, provider, id, listed, today);
    if (remembered.size >= MAXIMUM_REMEMBERED) remembered.clear();
    remembered.set(key, found);
    return found;
  };

  const lists = new Map<ProviderName, readonly Model[]>();
  const modelsOf = (provider: ProviderName): readonly Model[] => {
    const known = lists.get(provider);
    if (known !== undefined) return known;
    const models = providerSource(provider)
      .entries()
      .map((entry) => {
        const model = modelOf(entry);
        return applyStated(stated, provider, entry.id, model, today) ?? model;
      });
    lists.set(provider, models);
    return models;
  };

  return {
    provenance: {
      source: `genai-prices of ${priceTable().date}, patched ${PATCH_DATE}`,
      asOf: PATCH_DATE,
    },
    find,
    models: (provider) => (provider === undefined ? PROVIDERS.flatMap(modelsOf) : modelsOf(provider)),
  };
}

/** `openai/gpt-4o` and `openai:gpt-4o` as the provider and the rest; null and the whole id without a known prefix. */
function splitPrefix(id: string): [ProviderName | null, string] {
  const match = /^([\w-]+)[/:](.+)$/.exec(id);
  const [, prefix = '', rest = ''] = match ?? [];
  return Object.hasOwn(PROVIDER_PREFIXES, prefix) ? [PROVIDER_PREFIXES[prefix] ?? null, rest] : [null, id];
}

type StatedPrices = ReadonlyMap<string, readonly PriceOverride[]>;

function statedPrices(overrides: readonly PriceOverride[]): StatedPrices {
  const byModel = new Map<string, PriceOverride[]>();
  for (const override of overrides) byModel.set(override.model, [...(byModel.get(override.model) ?? []), override]);
  return byModel;
}

function applyStated(
  stated: StatedPrices,
  provider: ProviderName,
  id: string,
  model: Model | null,
  today: string,
): Model | null {
  const prices = lookUp(stated, id) ?? lookUp(stated, model?.id ?? id) ?? [];
  const paid = model?.provider ?? provider;
  const price =
    prices.find((override) => override.provider === paid) ?? prices.find((override) => override.provider === undefined);
  if (price === undefined) return model;
  const provenance = { source: 'your configuration', asOf: today };
  return {
    ...(model ?? bareModel(price.provider ?? provider, id, provenance.source)),
    price: toPrice({
      input: price.input,
      ...(price.output !== undefined && { output: price.output }),
      ...(price.cacheRead !== undefined && { cacheRead: price.cacheRead }),
      ...(price.cacheWrite !== undefined && { cacheWrite: price.cacheWrite }),
    }),
    tiers: [],
    priceProvenance: provenance,
  };
}
