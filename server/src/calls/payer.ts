/**
 * Decides between several providers that may be paid for a call: by the model's name, by the branch that the call is in,
 * and by which of them resell another's models.
 */
import type { Catalogue } from '@farthing/shared/catalogue/catalogue';
import { PROVIDER_TABLE } from '@farthing/shared/providers/index';
import type { ProviderName } from '@farthing/shared/vocabulary';
import { literalText } from '../evaluate/lattice.ts';
import type { SdkCall } from '../sdks/trail-result.ts';
import { asModelName } from './model-name.ts';
import { roleOf } from './request.ts';
import type { TestedName } from './tested-names.ts';

/** The call with its provider decided; `any` if the code leaves several. */
export function withSeller(call: SdkCall, tested: () => readonly TestedName[], catalogue: Catalogue): SdkCall {
  const { payers = [] } = call;
  if (payers.length === 0) return call;
  const name = asModelName(literalText(roleOf(call, 'model')?.value));
  const sellers = name === null ? [] : payers.filter((payer) => catalogue.find(payer, name) !== null);
  const provider = sellerAmong(sellers) ?? sellerAmong(namedBy(tested(), payers, catalogue)) ?? sellerAmong(payers);
  return provider === null ? call : { ...call, provider };
}

/** The provider if the request names this model, one of several that it may name. */
export function sellerOf({ payers = [], provider }: SdkCall, name: string, catalogue: Catalogue): ProviderName {
  if (provider !== 'any') return provider;
  return sellerAmong(payers.filter((payer) => catalogue.find(payer, name) !== null)) ?? provider;
}

/** The only provider, or the maker whose models all the others resell: a model then has its maker's terms. */
function sellerAmong(providers: readonly ProviderName[]): ProviderName | null {
  const [only] = providers;
  if (providers.length === 1) return only ?? null;
  const maker = providers.find((provider) => PROVIDER_TABLE[provider].sales.kind === 'maker');
  if (maker === undefined) return null;
  const isSoldBy = (provider: ProviderName) =>
    PROVIDER_TABLE[provider].sales.makers?.some((pattern) => pattern.maker === maker) === true;
  return providers.every((provider) => provider === maker || isSoldBy(provider)) ? maker : null;
}

/** The `payers` that a branch tests for: by their name, or by the name of a model that they make. */
function namedBy(
  tested: readonly TestedName[],
  payers: readonly ProviderName[],
  catalogue: Catalogue,
): readonly ProviderName[] {
  return payers.filter((payer) => tested.some((name) => names(name, payer, catalogue)));
}

function names({ text, isPart }: TestedName, payer: ProviderName, catalogue: Catalogue): boolean {
  const lower = text.toLowerCase();
  const { aliases = [], sales } = PROVIDER_TABLE[payer];
  if (lower === payer || aliases.includes(lower)) return true;
  if (sales.kind !== 'maker') return false;
  return isPart ? catalogue.models(payer).some(({ id }) => id.includes(lower)) : catalogue.find(payer, text) !== null;
}
