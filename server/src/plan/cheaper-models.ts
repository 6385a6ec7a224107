/** For routing: the cheapest model of the same provider that has every ability which a call needs. */
import { cheaperAlternatives } from '@farthing/shared/catalogue/alternatives';
import type { Catalogue } from '@farthing/shared/catalogue/catalogue';
import { costPerCall } from '@farthing/shared/cost';
import { weakestBasis } from '@farthing/shared/range';
import type { LlmCall } from '../calls/call.ts';
import { cacheUse } from '../calls/estimate/measured-figures.ts';
import { modelRequirements } from '../calls/facts/model-requirements.ts';
import { minus, ratio } from './bounds.ts';
import type { CheaperModel, CheaperModels } from './reached-calls.ts';

export function cheaperModelsOf(calls: readonly LlmCall[], catalogueAt: (path: string) => Catalogue): CheaperModels {
  const byId = new Map(calls.map((call) => [call.id, call]));
  return (id) => {
    const call = byId.get(id);
    return call === undefined ? null : cheaperFor(call, catalogueAt(call.origin.path));
  };
}

function cheaperFor(call: LlmCall, catalogue: Catalogue): CheaperModel | null {
  const today = call.cost.perCall;
  const name = call.model.value ?? call.model.hint;
  const model = name === null ? null : catalogue.find(call.provider, name);
  if (call.family !== 'text' || model === null || today === null || today.basis === 'unknown') return null;
  const usage = { ...call.tokens, ...(call.measured === null ? {} : cacheUse(call.measured.site)) };
  for (const other of cheaperAlternatives(catalogue, model, modelRequirements(call))) {
    const cost = costPerCall(other, { ...usage, batch: call.tier === 'batch' });
    if (cost === null || cost.expected >= today.expected) continue;
    return {
      model: other.id,
      part: { ...ratio(minus(today, cost), today), basis: weakestBasis(today.basis, 'assumed') },
    };
  }
  return null;
}
