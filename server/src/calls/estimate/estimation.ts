/**
 * What a call's figures were computed from, kept for those who ask for it, so that they can be computed again with one
 * part exchanged: that is how a change in cost is split into its causes.
 */
import type { ProviderName } from '@farthing/shared/vocabulary';
import type { CallFigures } from '../call.ts';
import { costPerRun, type Multiplier } from '../multiplier/factor.ts';
import { type Candidates, type CommonInput, estimateModels } from './estimate-models.ts';

/** Of a request, or of a feature call as one of its requests would send it. */
export interface Estimation {
  readonly candidates: Candidates;
  readonly provider: ProviderName;
  readonly asked: CommonInput;
  readonly multiplier: Multiplier | null;
}

export interface EstimationLog {
  /** `index` counts the requests of one call from 0; a call that is analysed again begins again. */
  readonly note: (id: string, index: number, estimation: Estimation) => void;
  /** By the id of the call. */
  readonly all: () => ReadonlyMap<string, readonly Estimation[]>;
}

export function createEstimationLog(): EstimationLog {
  const byCall = new Map<string, readonly Estimation[]>();
  return {
    note: (id, index, estimation) => {
      byCall.set(id, index === 0 ? [estimation] : [...(byCall.get(id) ?? []), estimation]);
    },
    all: () => byCall,
  };
}

/** The figures of the call; where nothing multiplies it, a run is one request. */
export function figuresFrom({ candidates, provider, asked, multiplier }: Estimation): CallFigures {
  const { tokens, cost } = estimateModels(candidates, provider, asked);
  const one = cost.perStep ?? cost.perCall;
  return { tokens, cost: { ...cost, perRun: multiplier === null ? one : costPerRun(one, multiplier) } };
}
