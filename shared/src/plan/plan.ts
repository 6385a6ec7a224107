/**
 * `farthing plan --format json`: what can be saved, by technique, in the order in which a team would take it up. Money is
 * in decimal dollars, as in every report.
 */
import type { Range } from '../range.ts';
import type { Report } from '../report.ts';

/** In the order in which they are applied: what an earlier one saves, a later one cannot save again. */
export const TECHNIQUES = [
  'output-limits',
  'smaller-models',
  'shorter-prompts',
  'exact-cache',
  'prompt-cache',
  'semantic-cache',
  'routing',
  'batch',
  'fine-tuning',
  'self-hosting',
] as const;
export type TechniqueName = (typeof TECHNIQUES)[number];

export const PHASES = ['quick-wins', 'caching', 'routing', 'batch', 'later'] as const;
export type PhaseName = (typeof PHASES)[number];

export const EFFORTS = ['minutes', 'hours', 'days', 'weeks'] as const;
export type Effort = (typeof EFFORTS)[number];

/** Dollars, of the calls whose volume is known and of the others. They are never added up. */
export interface PlanAmounts {
  readonly perMonth: Range | null;
  /** For 1,000 calls of each of the calls without a known volume. */
  readonly perThousand: Range | null;
}

export interface PlanPlace {
  /** The call's id in the report. */
  readonly call: string;
  readonly path: string;
  readonly line: number;
  readonly function: string | null;
  /** The model that the step asks instead; null where it names none. */
  readonly model: string | null;
  readonly saving: PlanAmounts;
}

export interface PlanStep {
  readonly technique: TechniqueName;
  readonly title: string;
  readonly effort: Effort;
  /** What may become worse. */
  readonly risk: string;
  /** Rules whose findings it mends; empty where no rule finds it. */
  readonly rules: readonly string[];
  /** What it saves after all the steps before it; null where that depends on a share that nobody has stated. */
  readonly saving: PlanAmounts | null;
  /** What each tenth of the calls would save that the technique reaches; null where it reaches all of them. */
  readonly perTenth: PlanAmounts | null;
  /** The stated share of calls that it reaches, from 0 to 1; null where none is stated, or where it reaches all. */
  readonly share: number | null;
  /** How many calls, and each of them, the largest saving first. */
  readonly calls: number;
  readonly places: readonly PlanPlace[];
  /** Commands and settings, the first step first. */
  readonly how: readonly string[];
  /** What the figure rests on, or what would make it known; null if its basis says all. */
  readonly note: string | null;
}

export interface PlanPhase {
  readonly name: PhaseName;
  readonly steps: readonly PlanStep[];
}

/** Dollars. */
export interface PlanTotal {
  readonly calls: number;
  readonly today: Range;
  readonly saving: Range;
  readonly after: Range;
}

export interface Plan {
  readonly version: 1;
  readonly root: string;
  readonly prices: Report['prices'];
  /** Of the calls whose volume is declared or measured; null if there is none. */
  readonly perMonth: PlanTotal | null;
  /** Of the others, for 1,000 calls of each; null if there is none. */
  readonly perThousand: PlanTotal | null;
  /** Calls that are in no figure, because a part of their cost is not known. */
  readonly unpriced: number;
  readonly phases: readonly PlanPhase[];
}
