/** Cheaper models that can do a call's job, for suggestions only. */
import { costPerCall } from '../cost.ts';
import { exactly } from '../range.ts';
import type { Capabilities, Catalogue, Model } from './catalogue.ts';

/** What a call requires of its model. */
export interface ModelNeeds {
  /** Tokens of the longest expected input and output. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly tools?: boolean;
  readonly vision?: boolean;
  readonly structuredOutput?: boolean;
  readonly reasoning?: boolean;
}

/**
 * Models of the same provider that are known to meet the needs and cost less, for both input and output: cheapest
 * first. Unknown capabilities, a published retirement date, or a newer model that costs no more rule a model out.
 */
export function cheaperAlternatives(catalogue: Catalogue, model: Model, needs: ModelNeeds): readonly Model[] {
  const { input, output } = model.price;
  if (input === null || output === null) return [];
  const fitting = catalogue
    .models(model.provider)
    .filter((other) => other.id !== model.id && other.family === model.family && isCapable(other, needs))
    .filter((other) => (other.price.input ?? input) < input && (other.price.output ?? output) < output);
  return fitting
    .filter((candidate) => !fitting.some((other) => isBetter(other, candidate)))
    .map((candidate) => ({ candidate, cost: costOf(candidate, needs) }))
    .sort((a, b) => a.cost - b.cost || (b.candidate.generation ?? 0) - (a.candidate.generation ?? 0))
    .map(({ candidate }) => candidate);
}

function isCapable(model: Model, needs: ModelNeeds): boolean {
  if (model.capabilities === null || model.retirement !== null) return false;
  const needed = [
    'tools',
    'vision',
    'structuredOutput',
    'reasoning',
  ] as const satisfies readonly (keyof Capabilities)[];
  if (needed.some((capability) => needs[capability] === true && model.capabilities?.[capability] !== true))
    return false;
  if (model.contextWindow === null || model.contextWindow < needs.inputTokens + needs.outputTokens) return false;
  return model.maxOutput === null || model.maxOutput >= needs.outputTokens;
}

/** Newer, and not more expensive for input or output. */
function isBetter(model: Model, than: Model): boolean {
  if (model.generation === null || than.generation === null || model.generation <= than.generation) return false;
  const isInputNoDearer = (model.price.input ?? Number.POSITIVE_INFINITY) <= (than.price.input ?? 0);
  return isInputNoDearer && (model.price.output ?? Number.POSITIVE_INFINITY) <= (than.price.output ?? 0);
}

function costOf(model: Model, needs: ModelNeeds): number {
  const usage = { input: exactly(needs.inputTokens, 'assumed'), output: exactly(needs.outputTokens, 'assumed') };
  return costPerCall(model, usage)?.expected ?? Number.POSITIVE_INFINITY;
}
