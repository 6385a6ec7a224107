/** Proposes which models to declare for calls whose model is set at run time. */
import { familyByName } from '@farthing/shared/catalogue/build-model';
import type { Catalogue, Model } from '@farthing/shared/catalogue/catalogue';
import { PROVIDER_TABLE } from '@farthing/shared/providers/index';
import { type Family, PROVIDERS, type ProviderName } from '@farthing/shared/vocabulary';
import type { LlmCall } from './call.ts';
import { canServe } from './estimate/estimate-models.ts';

export interface ProposedModels {
  readonly models: readonly string[];
  /** The call's own alternatives, other calls of the project, what providers sell, or names without a price. */
  readonly from: 'call' | 'project' | 'provider' | 'unpriced';
}

export type Propose = (call: LlmCall) => ProposedModels | null;

/** A longer list would not be a helpful proposal. */
const MAX_MODELS = 6;
const MAX_OF_PROVIDER = 3;

/** True for a call whose model the code leaves open and the configuration does not declare. */
export function isOpenModel({ model, modelChoice }: LlmCall): boolean {
  return model.value === null && !modelChoice.alternatives.some(({ decidedBy }) => decidedBy === 'declared');
}

/** True where neither the code nor the configuration names a model with a price. */
export function isUnpricedModel(call: LlmCall): boolean {
  return isOpenModel(call) && call.modelChoice.alternatives.every(({ price }) => price === null);
}

/** @param calls the calls of the project: what they name is proposed for those that name nothing */
export function createProposals(calls: readonly LlmCall[], catalogue: Catalogue): Propose {
  const named = namesByProvider(calls);
  const makers = [...named.keys()].filter((provider) => PROVIDER_TABLE[provider].sales.kind === 'maker');

  return ({ provider, family, modelChoice }) => {
    const { kind } = PROVIDER_TABLE[provider].sales;
    const possible = modelChoice.alternatives.filter(({ price }) => price !== null || kind === 'local');
    if (possible.length > 0) return { models: possible.slice(0, MAX_MODELS).map(({ name }) => name), from: 'call' };
    const serves = (name: string): boolean => {
      const model = catalogue.find(provider, name);
      if (model === null) return kind === 'local' && canServe(familyByName(name), family);
      return canServe(model.family, family) && isKind(model, family);
    };
    const isUndecided = kind === 'undecided' || kind === 'unknown';
    // A self-hosted server may run the same models as another one.
    const others = [...named].filter(([other]) => isUndecided || (kind === 'local' && isLocal(other)));
    const names = [...(named.get(provider) ?? []), ...others.flatMap(([, found]) => [...found])];
    const inProject = [...new Set(names)].filter(serves).slice(0, MAX_MODELS);
    if (inProject.length > 0) return { models: inProject, from: 'project' };
    const sold = isUndecided
      ? (makers.length > 0 ? makers : MAKERS).flatMap((maker) => newestOf(catalogue, maker, family).slice(0, 1))
      : newestOf(catalogue, provider, family);
    if (sold.length > 0) return { models: sold.slice(0, MAX_MODELS), from: 'provider' };
    // No price table has this provider, so declare the model that the call names; the user has to add its price.
    const unpriced = modelChoice.alternatives.slice(0, MAX_MODELS).map(({ name }) => name);
    return unpriced.length > 0 ? { models: unpriced, from: 'unpriced' } : null;
  };
}

const MAKERS = PROVIDERS.filter((provider) => PROVIDER_TABLE[provider].sales.kind === 'maker');

function isLocal(provider: ProviderName): boolean {
  return PROVIDER_TABLE[provider].sales.kind === 'local';
}

/** A self-hosted server can run any model; models that others sell are not listed by name alone. */
function namesByProvider(calls: readonly LlmCall[]): ReadonlyMap<ProviderName, ReadonlySet<string>> {
  const named = new Map<ProviderName, Set<string>>();
  for (const { provider, modelChoice } of calls) {
    named.set(provider, named.get(provider) ?? new Set());
    for (const { name, provider: paid, price } of modelChoice.alternatives) {
      if (price?.input == null && !isLocal(paid)) continue;
      named.set(paid, (named.get(paid) ?? new Set()).add(name));
    }
  }
  return named;
}

/** The models of the newest generation that a provider sells for such calls, the cheapest first. */
function newestOf(catalogue: Catalogue, provider: ProviderName, family: Family): readonly string[] {
  const sold = catalogue
    .models(provider)
    .filter((model) => model.price.input !== null && model.retirement === null && isKind(model, family));
  const newest = Math.max(...sold.map(ageOf));
  return sold
    .filter((model) => ageOf(model) === newest)
    .sort(byPrice)
    .slice(0, MAX_OF_PROVIDER)
    .map(({ id }) => id);
}

/** Agents and moderation by a chat model use models of text. */
function isKind(model: Model, family: Family): boolean {
  return model.family === family || (model.family === 'text' && family === 'agent');
}

function ageOf({ generation }: Model): number {
  return generation ?? Number.NEGATIVE_INFINITY;
}

function byPrice(a: Model, b: Model): number {
  return (a.price.input ?? 0) - (b.price.input ?? 0) || (a.id < b.id ? -1 : 1);
}
