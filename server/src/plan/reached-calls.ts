/** Which calls a technique reaches that no rule finds, and what it would save of each if it reached all of its requests. */
import type { TechniqueName } from '@farthing/shared/plan/plan';
import type { ReportCall } from '@farthing/shared/report';
import type { Part } from './bounds.ts';
import type { PlannedCall } from './planned-calls.ts';

/** A cheaper model that has every ability that a call needs. */
export interface CheaperModel {
  readonly model: string;
  /** What it saves of the call's cost. */
  readonly part: Part;
}

/** By the call's id; null where there is none, or where the call's model is not known. */
export type CheaperModels = (id: string) => CheaperModel | null;

/** What a technique takes from a call, and the model that it asks instead, if any. */
export interface Reached {
  readonly part: Part;
  readonly model: string | null;
}

/** A cached answer costs nothing. */
const ALL: Reached = { part: { low: 1, expected: 1, high: 1, basis: 'declared' }, model: null };

/** Null for a technique that works by findings. */
export function reachOf(
  technique: TechniqueName,
  cheaperModel: CheaperModels,
): ((planned: PlannedCall) => Reached | null) | null {
  switch (technique) {
    case 'exact-cache':
      return ({ call }) => (isAnswer(call) || call.family === 'embedding' ? ALL : null);
    case 'semantic-cache':
      return ({ call }) => (isAnswer(call) && isAsked(call) ? ALL : null);
    case 'routing':
      return ({ call, parts }) => (parts.has('smaller-models') ? null : cheaperModel(call.id));
    default:
      return null;
  }
}

/** Answers with tools depend on more than their request. */
function isAnswer({ family, tokens, providerTools }: ReportCall): boolean {
  return family === 'text' && providerTools.length === 0 && tokens.sections.every(({ role }) => role !== 'tools');
}

/** Questions of people come again in other words; what a job sends seldom does. */
function isAsked({ reachedFrom, structured, loop }: ReportCall): boolean {
  return !structured && loop.purpose !== 'items' && (reachedFrom === 'handler' || reachedFrom === 'ui');
}

/** A narrow task with answers of a known form, which a small model can be taught. */
export function isNarrow({ family, structured, tokens }: ReportCall): boolean {
  return family === 'text' && (structured || tokens.output.high <= SHORT_ANSWER);
}

/** Tokens: a label, a number, a name. */
const SHORT_ANSWER = 20;
