/** Declared models: which entry of the configuration applies to a call. */
import type { DeclaredModel, DeclaredModels } from '@farthing/shared/config-defaults';
import type { ProviderName } from '@farthing/shared/vocabulary';
import { createSelector, type SelectedCall } from './call-selector.ts';

/** The models of the first entry that matches completely; null if none does. */
export function createDeclaredModels(
  declared: readonly DeclaredModels[],
  folder: string,
): (call: SelectedCall & { readonly provider: ProviderName }) => readonly DeclaredModel[] | null {
  const select = createSelector(declared, folder);
  return (call) => select(call, ({ provider }) => provider === undefined || provider === call.provider)?.models ?? null;
}
