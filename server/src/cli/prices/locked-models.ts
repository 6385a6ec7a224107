/** The models that calls may use, at their list prices: what a lock pins. */
import type { Catalogue, Model } from '@farthing/shared/catalogue/catalogue';
import { createCatalogue } from '@farthing/shared/catalogue/create-catalogue';
import { type LockedModel, lockedModel, sortedModels } from '@farthing/shared/catalogue/lock/price-lock';
import type { LlmCall } from '../../calls/call.ts';
import type { LoadedConfig } from '../config.ts';

/** Without the user's own prices and discounts, which stand in the configuration and come after the lock. */
export function listCatalogue({ config, prices }: Pick<LoadedConfig, 'config' | 'prices'>, now: Date): Catalogue {
  return createCatalogue({ now, table: prices.table, deployments: config.deployments });
}

/** The models of the calls that have a list price. */
export function modelsOf(calls: readonly LlmCall[], catalogue: Catalogue): readonly LockedModel[] {
  const found = new Map<string, LockedModel>();
  for (const model of calls.flatMap((call) => modelsOfCall(call, catalogue)))
    found.set(`${model.provider} ${model.id}`, lockedModel(model));
  return sortedModels([...found.values()]);
}

export function modelsOfCall({ model, provider, modelChoice }: LlmCall, catalogue: Catalogue): readonly Model[] {
  const named = [model.value, model.hint].filter((name) => name !== null);
  const pairs = [
    ...named.map((name) => ({ provider, name })),
    ...modelChoice.alternatives.map((one) => ({ provider: one.provider, name: one.name })),
  ];
  return pairs.flatMap((pair) => {
    const found = catalogue.find(pair.provider, pair.name);
    return found === null || found.priceProvenance === null ? [] : [found];
  });
}
