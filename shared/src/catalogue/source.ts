/** One provider's part of the price tables and of the patches, indexed by name on demand. */

import { PROVIDER_TABLE } from '../providers/index.ts';
import type { ProviderName } from '../vocabulary.ts';
import type { Provenance } from './catalogue.ts';
import { PATCHES } from './data/patches.ts';
import { lookUp, spellings } from './names.ts';
import type { PatchModel, ProviderPatch } from './patch.ts';
import { type ListedModel, type PriceTable, priceTable } from './price-table.ts';

/** What is known under one name of one provider; at least one of the three is present. */
export interface Entry {
  readonly provider: ProviderName;
  /** The id to show: the patch's, or the spelling that was found. */
  readonly id: string;
  /** In the user's table. */
  readonly fresh: ListedModel | null;
  /** In the built-in table. */
  readonly listed: ListedModel | null;
  readonly patch: PatchModel | null;
  readonly patchFile: ProviderPatch | null;
  readonly freshProvenance: Provenance | null;
  readonly tableProvenance: Provenance;
}

export interface ProviderSource {
  readonly find: (id: string) => Entry | null;
  readonly entries: () => Entry[];
}

export type Sources = (provider: ProviderName) => ProviderSource;

const builtIn = createSources(null);
const sourcesByTable = new WeakMap<PriceTable, Sources>();

/** @param table a user's table, which overrides the built-in one; null for none */
export function providerSources(table: PriceTable | null): Sources {
  if (table === null) return builtIn;
  const sources = sourcesByTable.get(table) ?? createSources(table);
  sourcesByTable.set(table, sources);
  return sources;
}

function createSources(table: PriceTable | null): Sources {
  const sources = new Map<ProviderName, ProviderSource>();
  return (provider) => {
    const source = sources.get(provider) ?? createSource(provider, table);
    sources.set(provider, source);
    return source;
  };
}

function createSource(provider: ProviderName, table: PriceTable | null): ProviderSource {
  const traits = PROVIDER_TABLE[provider].sales;
  const patchFile = PATCHES.find((patch) => patch.provider === provider) ?? null;
  const listed = indexListed(modelsIn(priceTable(), provider), traits.spellings);
  const fresh = indexListed(table === null ? [] : modelsIn(table, provider), traits.spellings);
  const patches = new Map<string, PatchModel>();
  for (const patch of patchFile?.models ?? [])
    for (const name of [patch.id, ...(patch.aliases ?? [])]) patches.set(name, patch).set(name.toLowerCase(), patch);
  const freshProvenance = table === null ? null : { source: table.name, asOf: table.date };

  const find = (id: string): Entry | null => {
    const names = spellings(id, traits.spellings);
    const patch = firstOf(names, (name) => lookUp(patches, name));
    const rowOf = (index: Index): ListedModel | null =>
      firstOf(names, (name) => lookUp(index, name)) ?? firstOf(patch?.aliases ?? [], (name) => index.get(name) ?? null);
    const row = rowOf(listed);
    const freshRow = rowOf(fresh);
    if (patch === null && row === null && freshRow === null) return null;
    const isListed = (name: string): boolean => lookUp(listed, name) !== null || lookUp(fresh, name) !== null;
    // A host's id is kept as written; the path around a maker's id is removed.
    const name = traits.kind === 'host' ? id : (names.findLast(isListed) ?? id);
    // A fine-tuned model has its own row, and the facts of its base model.
    const isOfBase =
      patch !== null &&
      row !== null &&
      lookUp(listed, patch.id) !== row &&
      names.findIndex((each) => lookUp(patches, each) !== null) > names.findIndex(isListed);
    const listedName = isOfBase ? (names.find(isListed) ?? name) : null;
    return {
      provider,
      id: listedName ?? patch?.id ?? name,
      fresh: freshRow,
      listed: row,
      patch,
      patchFile,
      freshProvenance,
      tableProvenance: tableProvenance(),
    };
  };
  const entries = (): Entry[] => {
    const byId = new Map<string, Entry>();
    const tables = [priceTable(), ...(table === null ? [] : [table])];
    const ids = [
      ...(patchFile?.models ?? []).map(({ id }) => id),
      ...tables.flatMap((each) => modelsIn(each, provider).map(({ id }) => withoutRegion(id))),
    ];
    for (const id of ids) {
      const entry = find(id);
      if (entry !== null && !byId.has(entry.id)) byId.set(entry.id, entry);
    }
    return [...byId.values()];
  };
  return { find, entries };
}

export function tableProvenance(): Provenance {
  return { source: priceTable().name, asOf: priceTable().date };
}

/** A provider that passes calls on to others has their tables, each under a suffix of the model's name. */
function modelsIn({ providers, sellers = {} }: PriceTable, provider: ProviderName): readonly ListedModel[] {
  const { table, parts = {}, excludes } = PROVIDER_TABLE[provider].sales;
  const models = table === undefined ? [] : (providers[table] ?? []);
  const passedOn = Object.entries(parts).flatMap(([suffix, part]) => {
    const named = (name: string): string => `${name}:${suffix}`;
    return (providers[part] ?? []).map(
      ({ id, names = [], stems: _, ...rest }): ListedModel => ({ ...rest, id: named(id), names: names.map(named) }),
    );
  });
  return [...(sellers[provider] ?? []), ...[...models, ...passedOn].filter(({ id }) => excludes?.test(id) !== true)];
}

function firstOf<Name, Found>(names: readonly Name[], find: (name: Name) => Found | null): Found | null {
  for (const name of names) {
    const found = find(name);
    if (found !== null) return found;
  }
  return null;
}

/** Removes the table's own mark for a host's prices outside the global profile; no id contains it. */
function withoutRegion(id: string): string {
  return id.replace(/^regional\./, '');
}

type Index = ReadonlyMap<string, ListedModel>;

function indexListed(
  models: readonly ListedModel[],
  rewrites: readonly (readonly [RegExp, string])[] | undefined,
): Index {
  const index = new Map<string, ListedModel>();
  const add = (name: string, model: ListedModel): void => {
    if (!index.has(name)) index.set(name, model);
  };
  // Full names take precedence over prefixes and parts, and those over rewritten spellings, whichever lists them first.
  for (const model of models) for (const name of [withoutRegion(model.id), ...(model.names ?? [])]) add(name, model);
  for (const model of models) for (const stem of model.stems ?? []) add(stem, model);
  for (const model of models) for (const name of spellings(withoutRegion(model.id), rewrites)) add(name, model);
  // Providers ignore the case of letters.
  for (const [name, model] of [...index]) add(name.toLowerCase(), model);
  return index;
}
