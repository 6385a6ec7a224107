/** How often a call's request is made, and what a run of it costs, in words. */
import type { Language } from '@farthing/shared/language';
import { formatDollars, NANO_DOLLARS } from '@farthing/shared/money';
import type { Range } from '@farthing/shared/range';
import type { ReportCall } from '@farthing/shared/report';
import { describeAmount } from './describe-figure.ts';
import { messagesIn } from './messages/index.ts';

type Repeated = Pick<ReportCall, 'multiplier' | 'cost'>;

/** `~$0.12 ($0.04 to $0.31) per run (3 attempts x items of \`emails\`), assumed`; empty if nothing multiplies the call. */
export function describeRun({ multiplier, cost: { perRun } }: Repeated, language: Language = 'en'): string {
  if (multiplier === null) return '';
  const { bases, cost, from } = messagesIn(language);
  const { formula } = multiplier;
  if (perRun === null) return cost.runOf(formula);
  if (perRun.basis === 'unknown') return cost.perRun(from(leastOf(perRun, language)), formula);
  return `${cost.perRun(describeAmount(perRun, language), formula)}, ${bases[perRun.basis]}`;
}

/**
 * `steps unknown: $0.002 a step, assumed`: what one request of an agent costs, whose number of requests is only said if it
 * is known; null for any other call.
 */
export function describeStep({ multiplier, cost: { perStep } }: Repeated, language: Language = 'en'): string | null {
  if (perStep === null) return null;
  const { bases, cost } = messagesIn(language);
  const step =
    perStep.basis === 'unknown'
      ? cost.perStepAtLeast(leastOf(perStep, language))
      : `${cost.perStep(describeAmount(perStep, language))}, ${bases[perStep.basis]}`;
  return multiplier === null || multiplier.basis === 'unknown' ? cost.stepsUnknown(step) : step;
}

/** What is certain of a cost whose rest is unknown. */
function leastOf({ low }: Range, language: Language): string {
  return formatDollars(low * NANO_DOLLARS, 2, language);
}
