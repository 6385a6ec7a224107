/** One call of the report for all requests that a feature call may lead to: a field is certain only where all agree. */
import { eitherRange, type Range, weakestBasis } from '@farthing/shared/range';
import type { CallFigures, LlmCall, ModelChoice, ModelReference, OutputLimit } from '../call.ts';
import { unitsOver } from '../estimate/units.ts';

/** `calls` are the feature call as each of its requests would send it; there is at least one. */
export function mergeCalls(calls: readonly LlmCall[]): LlmCall {
  const [first, ...rest] = calls as readonly [LlmCall, ...LlmCall[]];
  if (rest.length === 0) return first;
  return {
    ...first,
    provider: agreed(calls, ({ provider }) => provider) ?? 'any',
    model: modelOf(calls),
    modelChoice: choiceOf(calls),
    outputLimit: limitOf(calls),
    system:
      agreed(calls, ({ system }) => system) ??
      (calls.some(({ system }) => system === 'dynamic') ? 'dynamic' : 'unknown'),
    cache: calls.every(({ cache }) => cache),
    streaming: agreed(calls, ({ streaming }) => streaming) ?? 'parameter',
    tier: agreed(calls, ({ tier }) => tier) ?? 'unknown',
    ...mergeFigures(calls),
    aboveContext: agreed(calls, (call) => call.aboveContext),
    multiplier: agreed(calls, ({ multiplier }) => multiplier?.formula) === null ? null : first.multiplier,
  };
}

/** What the call sends and costs, over the requests that it may lead to; there is at least one. */
export function mergeFigures(calls: readonly CallFigures[]): CallFigures {
  const [first, ...rest] = calls as readonly [CallFigures, ...CallFigures[]];
  if (rest.length === 0) return first;
  return {
    tokens: {
      input: eitherRange(calls.map(({ tokens }) => tokens.input)) ?? first.tokens.input,
      output: eitherRange(calls.map(({ tokens }) => tokens.output)) ?? first.tokens.output,
    },
    cost: {
      perCall: eitherCost(calls.map(({ cost }) => cost.perCall)),
      perMonth: eitherCost(calls.map(({ cost }) => cost.perMonth)),
      perStep: eitherCost(calls.map(({ cost }) => cost.perStep)),
      perRun: eitherCost(calls.map(({ cost }) => cost.perRun)),
      units: unitsOver(calls.map(({ cost }) => cost.units)),
    },
  };
}

/** The same for a call that may lead to requests that were not looked at: what the others agree on is not certain. */
export function oneOfMore(call: LlmCall): LlmCall {
  const { model, modelChoice, outputLimit, cost } = call;
  const assumed = (range: Range | null): Range | null =>
    range && { ...range, basis: weakestBasis(range.basis, 'assumed') };
  return {
    ...call,
    provider: 'any',
    model: {
      ...model,
      value: null,
      source: model.value === null ? model.source : 'config',
      hint: model.value ?? model.hint,
    },
    modelChoice: { ...modelChoice, isOpen: true },
    outputLimit: { ...outputLimit, state: 'unknown', tokens: null },
    cost: {
      perCall: assumed(cost.perCall),
      perMonth: assumed(cost.perMonth),
      perStep: assumed(cost.perStep),
      perRun: assumed(cost.perRun),
      units: cost.units && { ...cost.units, price: assumed(cost.units.price) },
    },
  };
}

function agreed<T>(calls: readonly LlmCall[], read: (call: LlmCall) => T): T | null {
  const values = new Set(calls.map(read));
  return values.size === 1 ? read(calls[0] as LlmCall) : null;
}

function modelOf(calls: readonly LlmCall[]): ModelReference {
  const models = calls.map(({ model }) => model);
  const [first] = models as [ModelReference];
  const values = new Set(models.map(({ value }) => value));
  if (values.size === 1) return first;
  const hint = models.map((model) => model.value ?? model.hint).find((name) => name !== null) ?? null;
  return { value: null, source: 'config', hint, origin: null };
}

/** Every model that one of the requests may use. */
function choiceOf(calls: readonly LlmCall[]): ModelChoice {
  const all = calls.flatMap(({ modelChoice }) => modelChoice.alternatives);
  const alternatives = [...new Map(all.map((one) => [`${one.provider} ${one.name}`, one])).values()];
  return { alternatives, isOpen: calls.some(({ modelChoice }) => modelChoice.isOpen) };
}

function limitOf(calls: readonly LlmCall[]): OutputLimit {
  const [{ outputLimit: first }] = calls as [LlmCall];
  const state = agreed(calls, ({ outputLimit }) => outputLimit.state) ?? 'unknown';
  const tokens = agreed(calls, ({ outputLimit }) => outputLimit.tokens);
  return { ...first, state, tokens, origin: null };
}

/**
 * The range over the requests that have a cost, where most have one: the others are for models that nothing names, or that
 * have no price, and the models say so. The cost of one default among many unknown ones would say nothing of the call.
 */
function eitherCost(costs: readonly (Range | null)[]): Range | null {
  const known = costs.filter((cost) => cost !== null);
  if (known.length * 2 <= costs.length) return null;
  const range = eitherRange(known);
  const isWhole = known.length === costs.length || range === null || range.basis === 'unknown';
  return isWhole ? range : { ...range, basis: weakestBasis(range.basis, 'assumed') };
}
