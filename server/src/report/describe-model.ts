/** Describes the model of a call in words, and what is known of its price without the size of the request. */
import { formatDollars, NANO_DOLLARS } from '@farthing/shared/money';
import type { ReportCall, ReportModel } from '@farthing/shared/report';
import type { ModelSource } from '@farthing/shared/vocabulary';

type Call = Pick<ReportCall, 'model'>;

const MODEL_SOURCES: Readonly<Record<ModelSource, { readonly name: string; readonly article: string }>> = {
  literal: { name: 'literal', article: 'a' },
  constant: { name: 'constant', article: 'a' },
  constructor: { name: 'constructor', article: 'the' },
  default: { name: 'default', article: 'a' },
  env: { name: 'environment', article: 'the' },
  config: { name: 'configuration', article: 'the' },
  parameter: { name: 'parameter', article: 'a' },
  request: { name: 'request', article: 'the' },
  factory: { name: 'factory', article: 'a' },
  unknown: { name: 'unknown', article: 'an' },
};

/** What to do about a model that nothing names. */
export const DECLARE_IT = 'model set at run time: declare it';

/**
 * `gpt-6-sol (literal)`; a default that can be overridden says by what: `gpt-6-sol (or from the environment)`; of several,
 * how many: `one of 6 models`, `gpt-6-sol (or 5 other models)`; `30% gpt-6-sol, 70% gpt-6-luna (declared)`.
 */
export function describeModel({ model }: Call): string {
  const { name, article } = MODEL_SOURCES[model.source];
  const { value, hint, alternatives, source } = model;
  if (value !== null) return `${value} (${name})`;
  if (isDeclared(model)) return `${describeDeclared(model)} (declared)`;
  const origin = source === 'unknown' ? '' : ` (or from ${article} ${name})`;
  if (alternatives.length > 1) {
    if (hint !== null) return `${hint} (or ${others(alternatives.length - 1)})`;
    return describeChoice({ model }) + (model.open ? origin : '');
  }
  if (hint !== null) return source === 'unknown' ? `${hint} (default)` : `${hint}${origin}`;
  return source === 'unknown' ? 'model unknown' : `model from ${article} ${name}`;
}

function others(count: number): string {
  return count === 1 ? '1 other model' : `${count} other models`;
}

/** More shares than this are counted. */
const MAX_SHARES = 2;

function describeDeclared(model: ReportModel): string {
  const { alternatives } = model;
  const [only, ...rest] = alternatives;
  if (only !== undefined && rest.length === 0) return only.name;
  if (alternatives.length > MAX_SHARES || alternatives.some(({ share }) => share === null))
    return describeChoice({ model });
  return alternatives.map(({ name, share }) => `${Math.round((share ?? 0) * 100)}% ${name}`).join(', ');
}

/** `one of 6 models`, and how many of them have no price; empty if there is no choice. */
export function describeChoice({ model: { alternatives } }: Call): string {
  if (alternatives.length < 2) return '';
  const unpriced = alternatives.filter(({ price }) => price === null).length;
  const rest = unpriced === 0 || unpriced === alternatives.length ? '' : `, ${unpriced} without a price`;
  return `one of ${alternatives.length} models${rest}`;
}

export function isDeclared({ alternatives }: ReportModel): boolean {
  return alternatives.length > 0 && alternatives.every(({ decidedBy }) => decidedBy === 'declared');
}

/** True if neither the code nor the configuration names a model. */
export function isModelUnknown({ model }: Call): boolean {
  return model.value === null && model.alternatives.length === 0;
}

/**
 * `$2 in, $10 out per million tokens`, over all models that the call may use: `$0.10 to $10 in, $0.50 to $50 out per
 * million tokens`. Null if no price is known.
 */
export function describeRates({ model: { alternatives } }: Call): string | null {
  const parts = (['input', 'output'] as const).flatMap((rate) => {
    const known = alternatives.flatMap(({ price }) => price?.[rate] ?? []);
    if (known.length === 0) return [];
    const [low, high] = [Math.min(...known), Math.max(...known)].map(perMillion);
    return `${low === high ? low : `${low} to ${high}`} ${rate === 'input' ? 'in' : 'out'}`;
  });
  return parts.length === 0 ? null : `${parts.join(', ')} per million tokens`;
}

/** Dollars per million tokens: `$2`, `$0.10`, `$0.125`. */
export function perMillion(dollars: number): string {
  return Number.isInteger(dollars) ? `$${dollars}` : formatDollars(Math.round(dollars * NANO_DOLLARS));
}
