/** Declared models: which entry of the configuration applies to a call. */
import type { DeclaredModel, DeclaredModels } from '@farthing/shared/config-defaults';
import { PROVIDER_TABLE } from '@farthing/shared/providers/index';
import type { ProviderName } from '@farthing/shared/vocabulary';
import { createSelector, type SelectedCall } from './call-selector.ts';

export interface Declaration {
  readonly models: readonly DeclaredModel[];
  /** True for an entry that names only a provider: models that the code names come before it. */
  readonly isFallback: boolean;
}

/**
 * The first entry that matches completely; null if none does. Entries that name only a provider come after all others;
 * `any` applies to calls whose provider the code leaves open.
 */
export function createDeclaredModels(
  declared: readonly DeclaredModels[],
  folder: string,
): (call: SelectedCall & { readonly provider: ProviderName }) => Declaration | null {
  const isFallback = ({ path, function: name, call }: DeclaredModels): boolean =>
    path === undefined && name === undefined && call === undefined;
  const ordered = [...declared.filter((entry) => !isFallback(entry)), ...declared.filter(isFallback)];
  const select = createSelector(ordered, folder);
  return (call) => {
    const { kind } = PROVIDER_TABLE[call.provider].sales;
    const paid = kind === 'undecided' || kind === 'unknown' ? 'any' : call.provider;
    const entry = select(
      call,
      ({ provider }) => provider === undefined || provider === call.provider || provider === paid,
    );
    return entry && { models: entry.models, isFallback: isFallback(entry) };
  };
}
