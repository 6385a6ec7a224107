/** The cost of a call that may use one of several models: the range over them, and each separately. */
import { familyByName } from '@farthing/shared/catalogue/build-model';
import type { Model } from '@farthing/shared/catalogue/catalogue';
import { perMonth } from '@farthing/shared/cost';
import { type Range, weakestBasis } from '@farthing/shared/range';
import type { Basis, Family, ProviderName } from '@farthing/shared/vocabulary';
import type { ModelAlternative, PromptSection } from '../call.ts';
import { type Estimate, type EstimateInput, estimate, type RequestCost } from './estimate.ts';
import { unitsOver } from './units.ts';

/** A model that the call may use, as the catalogue has it. */
export interface Candidate extends Omit<ModelAlternative, 'price' | 'cost'> {
  /** Null if it is in no price table. */
  readonly known: Model | null;
}

export interface Candidates {
  readonly list: readonly Candidate[];
  /** True if it may be a model that is not in the list. */
  readonly isOpen: boolean;
  /** The default model; null if there is none. */
  readonly byDefault: string | null;
}

export type CommonInput = Omit<EstimateInput, 'model' | 'modelName' | 'isModelCertain' | 'provider'>;

export interface ModelsEstimate extends Estimate {
  readonly alternatives: readonly ModelAlternative[];
}

export function estimateModels(candidates: Candidates, provider: ProviderName, common: CommonInput): ModelsEstimate {
  const fitting = candidates.list.filter(({ known, name }) =>
    canServe(known?.family ?? familyByName(name), common.family),
  );
  const list = fitting.length > 0 ? fitting : candidates.list;
  const estimates = list.map(({ known, name, provider: paid }) =>
    estimate({ ...common, model: known, modelName: name, provider: paid, isModelCertain: !candidates.isOpen }),
  );
  const [first, ...others] = estimates;
  if (first === undefined) {
    return {
      ...estimate({ ...common, model: null, modelName: null, isModelCertain: false, provider }),
      alternatives: [],
    };
  }
  const alternatives = list.map(
    ({ known, ...rest }, index): ModelAlternative => ({
      ...rest,
      price: known === null ? null : { input: known.price.input, output: known.price.output },
      cost: estimates[index]?.cost.perCall ?? null,
    }),
  );
  if (others.length === 0 && list[0]?.decidedBy !== 'declared') return { ...first, alternatives };

  const weights = weightsOf(list, candidates.byDefault);
  const merge = (pick: (one: Estimate) => Range): Range => mergeRanges(estimates.map(pick), weights);
  const over = (pick: (cost: RequestCost) => Range | null): Range | null =>
    costOver(
      list,
      estimates.map(({ cost }) => pick(cost)),
      weights,
    );
  const perCall = over((cost) => cost.perCall);
  return {
    alternatives,
    sections: mergeSections(
      estimates.map(({ sections }) => sections),
      weights,
    ),
    tokens: {
      input: merge(({ tokens }) => tokens.input),
      output: merge(({ tokens }) => tokens.output),
    },
    aboveContext: allAbove(estimates.map((one) => one.aboveContext)),
    toolFees: first.toolFees.map((tool, index) =>
      others.every(({ toolFees }) => toolFees[index]?.perUse === tool.perUse) ? tool : { ...tool, perUse: null },
    ),
    media: first.media.map(({ kind, tokens }, index) => ({
      kind,
      tokens: merge(({ media }) => media[index]?.tokens ?? tokens),
    })),
    cost: {
      perCall,
      perMonth:
        perCall === null || perCall.basis === 'unknown' || common.callsPerMonth === null
          ? null
          : perMonth(perCall, common.callsPerMonth, common.volumeBasis),
      perStep: over((cost) => cost.perStep),
      units: unitsOver(estimates.map(({ cost }) => cost.units)),
    },
  };
}

/** The largest context, where the prompt fits in none. */
function allAbove(windows: readonly (number | null)[]): number | null {
  const known = windows.filter((window) => window !== null);
  return known.length === windows.length ? Math.max(...known) : null;
}

/**
 * A list of models often holds those of other kinds of calls as well.
 * @param family of the model; null if neither a table nor its name says it
 */
export function canServe(family: Model['family'] | null, asked: Family): boolean {
  const isOther = (kind: Family): boolean => kind === 'embedding' || kind === 'rerank' || kind === 'moderation';
  return family === null || family === asked || (!isOther(family) && !isOther(asked));
}

/** How much each model counts in what is expected: its declared share, all for a default, else each the same. */
function weightsOf(list: readonly Candidate[], byDefault: string | null): readonly number[] {
  const total = list.reduce((sum, { share }) => sum + (share ?? 0), 0);
  if (total > 0) return list.map(({ share }) => (share ?? 0) / total);
  if (list.some(({ name }) => name === byDefault)) return list.map(({ name }) => (name === byDefault ? 1 : 0));
  return list.map(() => 1 / list.length);
}

/**
 * Over the models whose price is known; null if none is, or if a declared fraction has no price. With an unknown basis
 * it is the lowest cost of any of them.
 */
function costOver(
  list: readonly Candidate[],
  costs: readonly (Range | null)[],
  weights: readonly number[],
): Range | null {
  const priced = costs.flatMap((cost, index) => (cost === null ? [] : [{ cost, weight: weights[index] ?? 0 }]));
  const isShared = list.some(({ share }) => share !== null);
  const isBound = priced.some(({ cost }) => cost.basis === 'unknown');
  if (priced.length === 0 || (priced.length < costs.length && (isShared || isBound))) return null;
  if (isBound) {
    const least = Math.min(...priced.map(({ cost }) => cost.low));
    return { low: least, expected: least, high: least, basis: 'unknown' };
  }
  const choice: Basis = list.every(({ decidedBy }) => decidedBy === 'declared') ? 'declared' : 'assumed';
  const merged = mergeRanges(
    priced.map(({ cost }) => cost),
    priced.map(({ weight }) => weight),
  );
  return { ...merged, basis: weakestBasis(merged.basis, choice) };
}

function mergeRanges(ranges: readonly Range[], weights: readonly number[]): Range {
  const low = Math.min(...ranges.map((range) => range.low));
  const high = Math.max(...ranges.map((range) => range.high));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = ranges.reduce((sum, { expected }, index) => {
    return sum + expected * (total > 0 ? (weights[index] ?? 0) / total : 1 / ranges.length);
  }, 0);
  const expected = Math.min(high, Math.max(low, Math.round(mean)));
  return { low, expected, high, basis: weakestBasis(...ranges.map(({ basis }) => basis)) };
}

/** Every model is sent the same sections; only their counts differ. */
function mergeSections(
  all: readonly (readonly PromptSection[])[],
  weights: readonly number[],
): readonly PromptSection[] {
  const [first = []] = all;
  return first.map((section, at) => ({
    ...section,
    tokens: mergeRanges(
      all.map((sections) => sections[at]?.tokens ?? section.tokens),
      weights,
    ),
    segments: section.segments.map((segment, index) => ({
      ...segment,
      tokens: mergeRanges(
        all.map((sections) => sections[at]?.segments[index]?.tokens ?? segment.tokens),
        weights,
      ),
    })),
  }));
}
