/** The calls of a report as a plan counts them: each request once, with what its findings would save. */
import { NANO_DOLLARS } from '@farthing/shared/money';
import type { TechniqueName } from '@farthing/shared/plan/plan';
import { exactly, type Range } from '@farthing/shared/range';
import type { Report, ReportCall, ReportDiagnostic } from '@farthing/shared/report';
import { countedCalls } from '../report/describe.ts';
import { monthlyShares } from '../report/months.ts';
import { type Bounds, each, type Part, ratio } from './bounds.ts';
import { ALL_TECHNIQUES } from './techniques.ts';

/** A month of a call whose volume is known; 1,000 calls of any other. */
export type Unit = 'month' | 'thousand';
const THOUSAND = 1000;

export interface PlannedCall {
  readonly call: ReportCall;
  readonly unit: Unit;
  /** Nano-dollars of one unit. */
  readonly cost: Range;
  /** What the findings at the call would save of it, by technique; of several findings the largest. */
  readonly parts: ReadonlyMap<TechniqueName, Part>;
  /** The rules with findings at the call, with or without a saving. */
  readonly rules: ReadonlySet<string>;
}

export interface PlannedCalls {
  readonly calls: readonly PlannedCall[];
  /** Calls without a cost, or with a part of one. */
  readonly unpriced: number;
}

const TECHNIQUE_OF: ReadonlyMap<string, TechniqueName> = new Map(
  ALL_TECHNIQUES.flatMap(({ name, rules }) => rules.map((rule) => [rule, name] as const)),
);

export function plannedCalls(report: Report): PlannedCalls {
  const counted = countedCalls(report);
  const shares = monthlyShares(counted);
  const findings = findingsByCall(report.diagnostics, counted);
  const calls: PlannedCall[] = [];
  let unpriced = 0;
  for (const call of counted) {
    const of = unitOf(call, shares.get(call.id));
    if (of === 'elsewhere') continue;
    if (of === null) {
      unpriced++;
      continue;
    }
    const found = findings.get(call.id) ?? [];
    calls.push({ call, ...of, parts: partsOf(found, call), rules: new Set(found.map(({ finding }) => finding.rule)) });
  }
  return { calls, unpriced };
}

/** `elsewhere` if what the call costs is the cost of the feature calls that lead to it. */
function unitOf(
  { calledFrom, cost: { perCall } }: ReportCall,
  month: Range | undefined,
): Pick<PlannedCall, 'unit' | 'cost'> | 'elsewhere' | null {
  if (month !== undefined) return month.high === 0 ? 'elsewhere' : { unit: 'month', cost: inNanos(month, 1) };
  if (calledFrom !== null) return 'elsewhere';
  if (perCall === null || perCall.basis === 'unknown') return null;
  return { unit: 'thousand', cost: inNanos(perCall, THOUSAND) };
}

function inNanos({ basis, ...dollars }: Range, times: number): Range {
  return { ...each((bound) => Math.round(dollars[bound] * NANO_DOLLARS * times)), basis };
}

interface Found {
  readonly finding: ReportDiagnostic;
  /** Dollars of one call as the finding sees it; null if it has no cost of its own. */
  readonly cost: Range | null;
}

/** A finding at a request is one of all feature calls that lead to it. */
function findingsByCall(
  diagnostics: readonly ReportDiagnostic[],
  calls: readonly ReportCall[],
): ReadonlyMap<string, readonly Found[]> {
  const byId = new Map(calls.map((call) => [call.id, call]));
  const callers = Map.groupBy(
    calls.flatMap(({ id, leadsTo }) => leadsTo.flatMap(({ call: to }) => (to === null ? [] : [{ id, to }]))),
    ({ to }) => to,
  );
  const found = new Map<string, Found[]>();
  for (const finding of diagnostics) {
    const at = finding.call === null ? undefined : byId.get(finding.call);
    if (at === undefined) continue;
    const ids = [at.id, ...(callers.get(at.id) ?? []).map(({ id }) => id)];
    for (const id of ids) found.set(id, [...(found.get(id) ?? []), { finding, cost: at.cost.perCall }]);
  }
  return found;
}

function partsOf(found: readonly Found[], { cost: { perCall } }: ReportCall): ReadonlyMap<TechniqueName, Part> {
  const parts = new Map<TechniqueName, Part>();
  for (const { finding, cost } of found) {
    const technique = TECHNIQUE_OF.get(finding.rule);
    const whole = cost ?? perCall;
    if (technique === undefined || finding.saving === null || whole === null) continue;
    const part: Part = { ...ratio(finding.saving, whole), basis: finding.saving.basis };
    if (part.expected > (parts.get(technique)?.expected ?? 0)) parts.set(technique, part);
  }
  return parts;
}

/** Tokens of one call, as expected. */
export function tokensOf({ tokens }: ReportCall): number {
  return tokens.input.expected + tokens.output.expected;
}

/** How many calls a unit is. */
export function callsIn({ call, unit, cost }: PlannedCall): number {
  const one = call.cost.perCall?.expected ?? 0;
  if (unit === 'thousand') return THOUSAND;
  return one === 0 ? 0 : cost.expected / (one * NANO_DOLLARS);
}

/** The same part of any cost. */
export function evenly(share: number): Bounds {
  return exactly(share, 'declared');
}
