/** Sums what was measured over call sites, by model. */
import type { MeasuredModel, MeasuredSite } from '@farthing/shared/measured/measured';

/** The most expensive first. */
export function byModel(sites: readonly Pick<MeasuredSite, 'models'>[]): readonly MeasuredModel[] {
  const sums = new Map<string, MeasuredModel>();
  for (const model of sites.flatMap(({ models }) => models)) {
    const key = `${model.provider} ${model.model}`;
    const sum = sums.get(key);
    sums.set(key, sum === undefined ? model : added(sum, model));
  }
  return [...sums.values()].sort((a, b) => b.cost - a.cost || b.answered - a.answered);
}

function added(a: MeasuredModel, b: MeasuredModel): MeasuredModel {
  return {
    ...a,
    answered: a.answered + b.answered,
    priced: a.priced + b.priced,
    cost: a.cost + b.cost,
    input: a.input + b.input,
    output: a.output + b.output,
  };
}
