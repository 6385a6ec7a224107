/** When training a small model for narrow tasks pays for itself. */
import { nanoDollars, nanoDollarsPerToken } from '@farthing/shared/money';
import type { PlanStep } from '@farthing/shared/plan/plan';
import { weakestBasis } from '@farthing/shared/range';
import { amountsOf, placesOf, type Taken } from './amounts.ts';
import { type Bounds, each, minus, NOTHING } from './bounds.ts';
import { callsIn, type PlannedCall } from './planned-calls.ts';
import { isNarrow } from './reached-calls.ts';
import type { Technique } from './techniques.ts';

/** As declared: no provider's price list says it for all models. */
export interface Tuning {
  /** Dollars, once. */
  readonly training: number;
  /** Dollars per million tokens of the tuned model. */
  readonly input: number;
  readonly output: number;
}

/** Calls, and what the steps before leave of their costs. */
export interface Rest {
  readonly calls: readonly PlannedCall[];
  readonly left: ReadonlyMap<PlannedCall, Bounds>;
}

/** Null if no call is narrow enough. Its saving is in no total: it takes the place of other steps. */
export function tuningStep(technique: Technique, { calls, left }: Rest, tuning: Tuning | null): PlanStep | null {
  const narrow = calls.filter(({ call, parts }) => isNarrow(call) && !parts.has('smaller-models'));
  if (narrow.length === 0) return null;
  const taken = narrow.flatMap((planned): Taken[] => {
    if (tuning === null) return [{ planned, saved: NOTHING, model: null, basis: 'literal' }];
    const cost = left.get(planned) ?? NOTHING;
    const saved = minus(cost, tunedCost(planned, tuning));
    const basis = weakestBasis(planned.cost.basis, 'declared');
    return saved.expected > 0
      ? [{ planned, saved: each((bound) => Math.max(0, saved[bound])), model: null, basis }]
      : [];
  });
  const amounts = tuning === null ? null : amountsOf(taken);
  return {
    technique: technique.name,
    title: technique.title,
    effort: technique.effort,
    risk: technique.risk,
    rules: [],
    saving: taken.length === 0 ? null : amounts,
    perTenth: null,
    share: null,
    calls: taken.length === 0 ? narrow.length : taken.length,
    places: placesOf(taken),
    how: technique.how,
    note: tuning === null ? UNSTATED : payback(taken, tuning),
  };
}

const UNSTATED =
  'what training costs, and what the tuned model costs per million tokens in and out, is for you to say: --fine-tuning 500,0.30,1.20';

function tunedCost(planned: PlannedCall, { input, output }: Tuning): Bounds {
  const { tokens } = planned.call;
  const calls = callsIn(planned);
  const [into, out] = [nanoDollarsPerToken(input), nanoDollarsPerToken(output)];
  return each((bound) => Math.round(calls * (tokens.input[bound] * into + tokens.output[bound] * out)));
}

function payback(taken: readonly Taken[], { training }: Tuning): string {
  const saved = (unit: PlannedCall['unit']): number =>
    taken.filter(({ planned }) => planned.unit === unit).reduce((sum, { saved: { expected } }) => sum + expected, 0);
  const [month, thousand] = [saved('month'), saved('thousand')];
  const cost = nanoDollars(training);
  if (month > 0)
    return `pays for itself after ${monthsText(cost / month)}; it takes the place of other steps, and is in no total`;
  if (thousand > 0) {
    const calls = Math.ceil(cost / (thousand / 1000));
    return `pays for itself after ${calls.toLocaleString('en')} calls of each; it takes the place of other steps, and is in no total`;
  }
  return 'the tuned model costs no less than what these calls cost after the steps before: it does not pay';
}

function monthsText(months: number): string {
  if (months < 1) return 'less than a month';
  return months < 100 ? `about ${Number(months.toPrecision(2))} months` : 'more than 100 months';
}
