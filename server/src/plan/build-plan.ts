/**
 * What a team could do about the cost of its calls, in the order of the effort. Each step is taken from what the steps
 * before it leave, so that the whole never saves more than there is; what nobody has measured or stated is shown as what
 * a tenth of the calls would save, and is in no sum.
 */
import { PHASES, type Plan, type PlanStep, type PlanTotal, type TechniqueName } from '@farthing/shared/plan/plan';
import { weakestBasis } from '@farthing/shared/range';
import type { Report } from '@farthing/shared/report';
import type { Basis } from '@farthing/shared/vocabulary';
import { amountsOf, inDollars, placesOf, size, type Taken } from './amounts.ts';
import { type Bounds, minus, NOTHING, partOf, plus, rangeFrom } from './bounds.ts';
import { type Hosting, hostingStep } from './hosting.ts';
import { type PlannedCall, plannedCalls, type Unit } from './planned-calls.ts';
import { type CheaperModels, type Reached, reachOf } from './reached-calls.ts';
import { ALL_TECHNIQUES, type Technique } from './techniques.ts';
import { type Tuning, tuningStep } from './tuning.ts';

/** What a plan cannot read from code: from 0 to 1, of the calls that a technique reaches. */
export interface Stated {
  readonly shares: Readonly<Partial<Record<TechniqueName, number | undefined>>>;
  readonly tuning: Tuning | null;
  readonly hosting: Hosting | null;
}

const TENTH = 0.1;
export function buildPlan(report: Report, stated: Stated, cheaperModel: CheaperModels): Plan {
  const { calls, unpriced } = plannedCalls(report);
  const left = new Map<PlannedCall, Bounds>(calls.map((planned) => [planned, planned.cost]));
  const bases = new Map<PlannedCall, Basis>(calls.map((planned) => [planned, planned.cost.basis]));
  const steps = ALL_TECHNIQUES.flatMap((technique): readonly (PlanStep & Pick<Technique, 'phase'>)[] => {
    const rest = { calls, left };
    if (technique.name === 'fine-tuning') return withPhase(technique, tuningStep(technique, rest, stated.tuning));
    if (technique.name === 'self-hosting') return withPhase(technique, hostingStep(technique, rest, stated.hosting));
    const reach = reachOf(technique.name, cheaperModel);
    const share = stated.shares[technique.name] ?? null;
    const reachedBy = reach ?? ((planned: PlannedCall) => foundBy(technique, planned));
    const isOpen = reach !== null && share === null;
    const taken = calls.flatMap((planned): Taken[] => {
      const reached = reachedBy(planned);
      if (reached === null) return [];
      const { part, model } = reached;
      const saved = partOf(left.get(planned) ?? NOTHING, part, reach === null ? 1 : (share ?? TENTH));
      return [{ planned, saved, model, basis: weakestBasis(bases.get(planned) ?? 'assumed', part.basis) }];
    });
    const other = reach === null ? calls.filter((one) => isFoundBy(one, technique) && !reachedBy(one)) : [];
    if (taken.length + other.length === 0) return [];
    if (!isOpen) {
      for (const { planned, saved, basis } of taken) {
        left.set(planned, minus(left.get(planned) ?? NOTHING, saved));
        bases.set(planned, basis);
      }
    }
    const all = [
      ...taken,
      ...other.map((planned): Taken => ({ planned, saved: NOTHING, model: null, basis: 'literal' })),
    ];
    return withPhase(technique, stepOf(technique, all, { share, isOpen, isSaving: taken.length > 0 }));
  });
  return {
    version: 1,
    root: report.root,
    prices: report.prices,
    perMonth: totalOf('month', calls, left, bases),
    perThousand: totalOf('thousand', calls, left, bases),
    unpriced,
    phases: PHASES.flatMap((name) => {
      const own = steps.filter(({ phase }) => phase === name).toSorted(bySaving);
      return own.length === 0 ? [] : [{ name, steps: own.map(({ phase: _, ...step }) => step) }];
    }),
  };
}

function withPhase<Step extends PlanStep>({ phase }: Technique, step: Step | null) {
  return step === null ? [] : [{ ...step, phase }];
}

function foundBy({ name }: Technique, { parts }: PlannedCall): Reached | null {
  const part = parts.get(name);
  return part === undefined ? null : { part, model: null };
}

function isFoundBy({ rules }: PlannedCall, technique: Technique): boolean {
  return technique.rules.some((rule) => rules.has(rule));
}

function stepOf(
  technique: Technique,
  taken: readonly Taken[],
  { share, isOpen, isSaving }: { readonly share: number | null; readonly isOpen: boolean; readonly isSaving: boolean },
): PlanStep {
  const amounts = amountsOf(taken);
  const rules = technique.rules.filter((rule) => taken.some(({ planned }) => planned.rules.has(rule)));
  return {
    technique: technique.name,
    title: technique.title,
    effort: technique.effort,
    risk: technique.risk,
    rules,
    saving: isOpen || !isSaving ? null : amounts,
    perTenth: isOpen ? amounts : null,
    share,
    calls: taken.length,
    places: placesOf(taken),
    how: [...technique.how, ...rules.map((rule) => `farthing explain ${rule}`)],
    note: noteOf(technique, isOpen, isSaving),
  };
}

function noteOf({ name, unstated }: Technique, isOpen: boolean, isSaving: boolean): string | null {
  if (isOpen) return unstated;
  // That a limit saves nothing on usual calls is said in place of its saving.
  return isSaving || name === 'output-limits' ? null : 'what it saves depends on what is sent at run time';
}

function totalOf(
  unit: Unit,
  calls: readonly PlannedCall[],
  left: ReadonlyMap<PlannedCall, Bounds>,
  bases: ReadonlyMap<PlannedCall, Basis>,
): PlanTotal | null {
  const own = calls.filter((planned) => planned.unit === unit);
  if (own.length === 0) return null;
  const today = own.map(({ cost }): Bounds => cost).reduce(plus, NOTHING);
  const after = own.map((planned) => left.get(planned) ?? NOTHING).reduce(plus, NOTHING);
  const basis = weakestBasis(...own.map(({ cost }) => cost.basis));
  const then = weakestBasis(...own.map((planned) => bases.get(planned) ?? 'assumed'));
  return {
    calls: own.length,
    today: inDollars(rangeFrom(today, basis)),
    saving: inDollars(rangeFrom(minus(today, after), then)),
    after: inDollars(rangeFrom(after, then)),
  };
}

/** The largest saving first; what depends on a share that nobody has stated comes after it, and what saves nothing last. */
function bySaving(a: PlanStep, b: PlanStep): number {
  return rank(b) - rank(a) || size(b.saving ?? b.perTenth) - size(a.saving ?? a.perTenth);
}

function rank({ saving, perTenth }: PlanStep): number {
  return saving !== null ? 2 : perTenth !== null ? 1 : 0;
}
