/** Which of several providers that may be paid for a call is: by the model's name, by the branch, by who sells whose models. */
import type { Catalogue } from '@farthing/shared/catalogue/catalogue';
import { PROVIDER_TABLE } from '@farthing/shared/providers/index';
import type { ProviderName } from '@farthing/shared/vocabulary';
import { literalText } from '../evaluate/lattice.ts';
import type { SdkCall } from '../sdks/trail-result.ts';
import { asModelName } from './model-name.ts';
import { roleOf } from './request.ts';
import type { TestedName } from './tested-names.ts';

/** The call, paid for at the only provider that its code leaves: at any of them where several are left. */
export function withSeller(call: SdkCall, tested: () => readonly TestedName[], catalogue: Catalogue): SdkCall {
  const { payers = [] } = call;
  if (payers.length === 0) return call;
  const name = asModelName(literalText(roleOf(call, 'model')?.value));
  const sellers = name === null ? [] : payers.filter((payer) => catalogue.find(payer, name) !== null);
  const provider = sellerAmong(sellers) ?? sellerAmong(namedBy(tested(), payers, catalogue)) ?? sellerAmong(payers);
  return provider === null ? call : { ...call, provider };
}

/** The same for one of the models that the request may name. */
export function sellerOf({ payers = [], provider }: SdkCall, name: string, catalogue: Catalogue): ProviderName {
  if (provider !== 'any') return provider;
  return sellerAmong(payers.filter((payer) => catalogue.find(payer, name) !== null)) ?? provider;
}

/** The only provider, or the one whose models all others sell as well: a model's terms are then its maker's. */
function sellerAmong(providers: readonly ProviderName[]): ProviderName | null {
  const [only] = providers;
  if (providers.length === 1) return only ?? null;
  const maker = providers.find((provider) => PROVIDER_TABLE[provider].sales.kind === 'maker');
  if (maker === undefined) return null;
  const isSoldBy = (provider: ProviderName) =>
    PROVIDER_TABLE[provider].sales.makers?.some((pattern) => pattern.maker === maker) === true;
  return providers.every((provider) => provider === maker || isSoldBy(provider)) ? maker : null;
}

/** Those of `payers` that a branch asks for: by a name of theirs, or by the name of a model that they make. */
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
