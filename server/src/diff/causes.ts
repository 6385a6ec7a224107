/**
 * Why the cost of a call changed. The request is turned from the old one into the new one, one part at a time, and priced
 * by the same estimator after each part: what the cost changes by is what that part caused. Each amount is the difference
 * of two integers in nano-dollars, so that the amounts add up to the whole change exactly.
 */
import type { DiffCause } from '@farthing/shared/diff-report';
import type { Range } from '@farthing/shared/range';
import type { CallFigures } from '../calls/call.ts';
import { type Estimation, figuresFrom } from '../calls/estimate/estimation.ts';
import { mergeFigures } from '../calls/wrappers/merge.ts';
import { type Difference, difference, isKnown } from './figures.ts';
import type { Step } from './steps.ts';

/** The figures of a call that can be compared between two revisions. */
export const MEASURES = ['perCall', 'perRun', 'perMonth'] as const;
export type Measure = (typeof MEASURES)[number];

/** A difference by measure; null where either end has no such figure. */
export type Change = Readonly<Record<Measure, Difference | null>>;

export interface Cause extends Change {
  /** Several where the cost between them is not known, so that they cannot be told apart. */
  readonly causes: readonly DiffCause[];
  /** Tokens of the input and output, as expected. */
  readonly tokens: { readonly input: number; readonly output: number };
}

export type Estimations = readonly Estimation[];

/** The parts in which the requests differ; `requests` if the call leads to another number of them. */
export function differingParts(base: Estimations, head: Estimations, steps: readonly Step[]): readonly DiffCause[] {
  if (base.length !== head.length) return ['requests'];
  return steps.filter((step) => differs(step, base, head)).map(({ cause }) => cause);
}

/** The cause of each part in which the requests differ, in the order of the steps. */
export function causesOf(base: Estimations, head: Estimations, steps: readonly Step[]): readonly Cause[] {
  const states: { readonly causes: readonly DiffCause[]; readonly estimations: Estimations }[] = [];
  let current = base;
  if (base.length === head.length) {
    for (const step of steps) {
      if (!differs(step, base, head)) continue;
      current = current.map((one, index) => step.take(one, head[index] as Estimation));
      states.push({ causes: [step.cause], estimations: current });
    }
    // Exactly the new request, whatever else of it is not among the parts.
    const last = states.pop();
    if (last) states.push({ ...last, estimations: head });
  } else {
    states.push({ causes: ['requests'], estimations: head });
  }
  return amounts(figuresOf(base), states, changeBetween(figuresOf(base), figuresOf(head)));
}

export function figuresOf(estimations: Estimations): CallFigures {
  return mergeFigures(estimations.map(figuresFrom));
}

/** The measured amount: an agent has a cost per step in the place of one per call. */
export function amountOf({ cost }: CallFigures, measure: Measure): Range | null {
  return measure === 'perCall' ? (cost.perStep ?? cost.perCall) : cost[measure];
}

/** The whole change between two figures of a call. */
export function changeBetween(base: CallFigures, head: CallFigures): Change {
  const of = (measure: Measure): Difference | null => {
    const [from, to] = [amountOf(base, measure), amountOf(head, measure)];
    return isKnown(from) && isKnown(to) ? difference(from, to) : null;
  };
  return { perCall: of('perCall'), perRun: of('perRun'), perMonth: of('perMonth') };
}

function differs(step: Step, base: Estimations, head: Estimations): boolean {
  return base.some((one, index) => step.differs(one, head[index] as Estimation));
}

function only(measures: readonly Measure[], change: Change): Change {
  const of = (measure: Measure) => (measures.includes(measure) ? change[measure] : null);
  return { perCall: of('perCall'), perRun: of('perRun'), perMonth: of('perMonth') };
}

/** A part whose figures are not known on the way is joined to the next, so that no amount is lost between them. */
function amounts(
  base: CallFigures,
  states: readonly { readonly causes: readonly DiffCause[]; readonly estimations: Estimations }[],
  whole: Change,
): readonly Cause[] {
  const measured = MEASURES.filter((measure) => whole[measure] !== null);
  const found: Cause[] = [];
  let from = base;
  let waiting: readonly DiffCause[] = [];
  for (const [index, { causes, estimations }] of states.entries()) {
    const to = figuresOf(estimations);
    const isLast = index === states.length - 1;
    const isBroken = measured.some((measure) => !isKnown(amountOf(to, measure)));
    waiting = [...waiting, ...causes];
    if (isBroken && !isLast) continue;
    found.push({
      causes: waiting,
      ...only(measured, changeBetween(from, to)),
      tokens: {
        input: to.tokens.input.expected - from.tokens.input.expected,
        output: to.tokens.output.expected - from.tokens.output.expected,
      },
    });
    from = to;
    waiting = [];
  }
  return found;
}
