/**
 * What a call sends and costs where it was measured: measured figures take the place of what was assumed, and what the code
 * alone says is kept beside them.
 */
import type { Model } from '@farthing/shared/catalogue/catalogue';
import { perMonth } from '@farthing/shared/cost';
import type { MeasuredSite, Spread } from '@farthing/shared/measured/measured';
import type { Range } from '@farthing/shared/range';
import { changedLines } from '../../measured/line-hashes.ts';
import type { MeasuredUse } from '../../measured/measured-calls.ts';
import type { MeasuredPrompt } from './estimate.ts';
import type { Candidates, CommonInput, ModelsEstimate } from './estimate-models.ts';

type Figures = Pick<ModelsEstimate, 'tokens' | 'cost'>;

/** What was measured of a call, in whole tokens and nano-dollars. */
export interface Measurement extends MeasuredUse {
  /** How many lines of the call the code no longer has; null if that is unknown. */
  readonly changedLines: number | null;
  /** True if the code now names a model that did not answer any of the calls: what they cost says nothing then. */
  readonly isOtherModel: boolean;
  /** What the code alone says. */
  readonly predicted: { readonly input: Range; readonly output: Range; readonly perRequest: Range | null };
}

/**
 * What is asked for, with measured answers in the place of typical ones. A model that the code has named only since is
 * sent the prompt that the earlier one was sent, with as much of it from the cache.
 *
 * @param isByCode true keeps the prompt that the code sends
 */
export function asMeasured(asked: CommonInput, { site, isOtherModel }: Measurement, isByCode: boolean): CommonInput {
  const output = tokensOf(site.perCall.output, site.tokens.output, site);
  const assumptions = output === null ? asked.assumptions : { ...asked.assumptions, output };
  const input = isOtherModel && !isByCode ? tokensOf(site.perCall.input, site.tokens.input, site) : null;
  return { ...asked, assumptions, measuredPrompt: input === null ? undefined : { input, ...cacheUse(site) } };
}

/** What a call reads from the provider's cache and writes to it, on average. */
export function cacheUse({ tokens, answered }: MeasuredSite): Pick<MeasuredPrompt, 'cachedInput' | 'cacheWriteInput'> {
  if (answered === 0) return { cachedInput: 0, cacheWriteInput: 0 };
  return {
    cachedInput: Math.round(tokens.cachedInput / answered),
    cacheWriteInput: Math.round((tokens.cacheWrite + tokens.cacheWriteLong) / answered),
  };
}

/** @param code the file of the call, and where the call is in it */
export function measurementOf(
  use: MeasuredUse,
  predicted: Figures,
  candidates: Candidates,
  code: { readonly text: string; readonly start: number; readonly end: number },
): Measurement {
  const { lines } = use.site;
  return {
    ...use,
    changedLines: lines.length === 0 ? null : changedLines(lines, code.text, code.start, code.end),
    isOtherModel: !isModelOf(candidates, use.site),
    predicted: { ...predicted.tokens, perRequest: predicted.cost.perStep ?? predicted.cost.perCall },
  };
}

/**
 * The figures with those that were measured. What a call costs is measured only if the code still names the model that
 * answered; otherwise it is computed from the measured prompts and answers.
 *
 * @param isAgent true for an agent, whose requests were measured one by one
 */
export function withMeasured(
  figures: Figures,
  { site, requestsPerMonth, isOtherModel }: Measurement,
  { isAgent, hasFees }: { readonly isAgent: boolean; readonly hasFees: boolean },
): Figures {
  const input = tokensOf(site.perCall.input, site.tokens.input, site);
  const tokens = { ...figures.tokens, input: input ?? figures.tokens.input };
  const one = isOtherModel ? null : costOf(site, hasFees);
  if (one === null) return { tokens, cost: figures.cost };
  const month = requestsPerMonth === null ? null : perMonth(one, requestsPerMonth, 'measured');
  const each = isAgent ? { perStep: one } : { perCall: one };
  return { tokens, cost: { ...figures.cost, ...each, perMonth: month ?? figures.cost.perMonth } };
}

/** With a basis of `assumed` if a part of the cost is not known: usage that was not reported, fees. */
function costOf({ priced, answered, cost, perCall }: MeasuredSite, hasFees: boolean): Range | null {
  if (priced === 0 || perCall.cost === null) return null;
  const isWhole = priced === answered && !hasFees;
  return rangeOf(perCall.cost, Math.round(cost / priced), isWhole ? 'measured' : 'assumed');
}

/** Between all but the shortest and longest twentieth; the mean, since costs add up by it. */
function tokensOf(spread: Spread | null, sum: number, { answered }: MeasuredSite): Range | null {
  return spread === null || answered === 0 ? null : rangeOf(spread, Math.round(sum / answered), 'measured');
}

function rangeOf({ p5, p95 }: Spread, mean: number, basis: Range['basis']): Range {
  return { low: Math.min(p5, mean), expected: mean, high: Math.max(p95, mean), basis };
}

/** True if the code leaves the model open, or names one that answered at least once. */
function isModelOf({ list, isOpen }: Candidates, { models }: MeasuredSite): boolean {
  if (isOpen || list.length === 0) return true;
  return models.some(({ model }) => list.some(({ name, known }) => name === model || isSame(known, model)));
}

/** `gpt-4o` as a provider writes it: with a date, or with the maker in front. */
function isSame(known: Model | null, name: string): boolean {
  return known !== null && name.replace(/^[\w.-]+\//, '').startsWith(known.id);
}
