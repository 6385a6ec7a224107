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

/**
 * The newest model of the same line (`claude-sonnet`) that is cheaper: it has every known ability of `model`, takes and gives
 * at least as many tokens, and costs no more for input, output and cached input. Null if there is none, or if the model
 * itself is to be shut down.
 */
export function successorOf(catalogue: Catalogue, model: Model): Model | null {
  if (model.retirement !== null || model.generation === null || model.capabilities === null) return null;
  const line = lineOf(model.id);
  const newer = catalogue
    .models(model.provider)
    .filter((other) => lineOf(other.id) === line && isSuccessor(other, model))
    .toSorted((a, b) => (b.generation ?? 0) - (a.generation ?? 0));
  return newer[0] ?? null;
}

function isSuccessor(other: Model, model: Model): boolean {
  if (other.generation === null || other.generation <= (model.generation ?? Infinity)) return false;
  if (other.retirement !== null || other.family !== model.family || !hasAbilitiesOf(other, model)) return false;
  const { input, output, cacheRead } = model.price;
  const { price } = other;
  if (input === null || output === null || price.input === null || price.output === null) return false;
  if (price.input > input || price.output > output || (price.cacheRead ?? 0) > (cacheRead ?? Infinity)) return false;
  return price.input < input || price.output < output;
}

function hasAbilitiesOf({ capabilities, contextWindow, maxOutput }: Model, model: Model): boolean {
  if (capabilities === null || model.contextWindow === null || (contextWindow ?? 0) < model.contextWindow) return false;
  if (model.maxOutput !== null && (maxOutput ?? 0) < model.maxOutput) return false;
  const names = ['tools', 'vision', 'structuredOutput', 'reasoning'] as const satisfies readonly (keyof Capabilities)[];
  return names.every((name) => model.capabilities?.[name] === false || capabilities[name] === true);
}

/** A model's name without its version: `claude-sonnet` of `claude-sonnet-4-6`. */
function lineOf(id: string): string {
  return id.replace(/[-.]?\d[\d.]*\b/g, '');
}
