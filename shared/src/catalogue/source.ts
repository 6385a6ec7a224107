/** One provider's part of the price table and of the patches, indexed by name when it is first asked for. */
import type { ProviderName } from '../vocabulary.ts';
import { PATCHES } from './data/patches.ts';
import { PROVIDER_TRAITS } from './data/providers.ts';
import { lookUp, spellings } from './names.ts';
import type { PatchModel, ProviderPatch } from './patch.ts';
import { type ListedModel, priceTable } from './price-table.ts';

/** What is known under one name of one provider; at least one of the two is there. */
export interface Entry {
  readonly provider: ProviderName;
  /** The id to show: the patch's, or the spelling that was found. */
  readonly id: string;
  readonly listed: ListedModel | null;
  readonly patch: PatchModel | null;
  readonly patchFile: ProviderPatch | null;
}

export interface ProviderSource {
  readonly find: (id: string) => Entry | null;
  readonly entries: () => Entry[];
}

const sources = new Map<ProviderName, ProviderSource>();

export function providerSource(provider: ProviderName): ProviderSource {
  let source = sources.get(provider);
  if (source === undefined) {
    source = createSource(provider);
    sources.set(provider, source);
  }
  return source;
}

function createSource(provider: ProviderName): ProviderSource {
  const traits = PROVIDER_TRAITS[provider];
  const listedModels = (priceTable().providers[traits.table ?? ''] ?? []).filter(
    ({ id }) => traits.excludes?.test(id) !== true,
  );
  const patchFile = PATCHES.find((patch) => patch.provider === provider) ?? null;
  const listed = indexListed(listedModels, traits.spellings);
  const patches = new Map<string, PatchModel>();
  for (const patch of patchFile?.models ?? [])
    for (const name of [patch.id, ...(patch.aliases ?? [])]) patches.set(name, patch);

  const find = (id: string): Entry | null => {
    const names = spellings(id, traits.spellings);
    const patch = firstOf(names, (name) => lookUp(patches, name));
    const row = firstOf(names, (name) => lookUp(listed, name)) ?? listedOf(patch);
    if (patch === null && row === null) return null;
    // A host's id stays as the code spells it; a maker's loses the path around it.
    const name = traits.kind === 'host' ? id : (names.findLast((spelling) => lookUp(listed, spelling) !== null) ?? id);
    return { provider, id: patch?.id ?? name, listed: row, patch, patchFile };
  };
  /** A patch's other names may be the ones that the table knows. */
  const listedOf = (patch: PatchModel | null): ListedModel | null => {
    for (const name of patch?.aliases ?? []) {
      const row = listed.get(name);
      if (row !== undefined) return row;
    }
    return null;
  };
  const entries = (): Entry[] => {
    const byId = new Map<string, Entry>();
    const ids = [...(patchFile?.models ?? []).map(({ id }) => id), ...listedModels.map(({ id }) => withoutRegion(id))];
    for (const id of ids) {
      const entry = find(id);
      if (entry !== null && !byId.has(entry.id)) byId.set(entry.id, entry);
    }
    return [...byId.values()];
  };
  return { find, entries };
}

function firstOf<Name, Found>(names: readonly Name[], find: (name: Name) => Found | null): Found | null {
  for (const name of names) {
    const found = find(name);
    if (found !== null) return found;
  }
  return null;
}

/** The table's own mark for a host's prices outside the global profile; no id is spelled so. */
function withoutRegion(id: string): string {
  return id.replace(/^regional\./, '');
}

function indexListed(
  models: readonly ListedModel[],
  rewrites: readonly (readonly [RegExp, string])[] | undefined,
): Map<string, ListedModel> {
  const index = new Map<string, ListedModel>();
  const add = (name: string, model: ListedModel): void => {
    if (!index.has(name)) index.set(name, model);
  };
  // Whole names stand above beginnings and parts, and those above rewritten spellings, whoever lists them first.
  for (const model of models) for (const name of [withoutRegion(model.id), ...(model.names ?? [])]) add(name, model);
  for (const model of models) for (const stem of model.stems ?? []) add(stem, model);
  for (const model of models) for (const name of spellings(withoutRegion(model.id), rewrites)) add(name, model);
  return index;
}
