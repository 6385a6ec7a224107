/** How often a call's request is made, and what a run of it costs, in words. */
import { formatDollars, formatMoney, NANO_DOLLARS } from '@farthing/shared/money';
import type { Range } from '@farthing/shared/range';
import type { ReportCall } from '@farthing/shared/report';

type Repeated = Pick<ReportCall, 'multiplier' | 'cost'>;

/** `$0.12 per run (3 attempts x items of \`emails\`), assumed`; empty if nothing multiplies the call. */
export function describeRun({ multiplier, cost }: Repeated): string {
  if (multiplier === null) return '';
  const { perRun } = cost;
  if (perRun === null) return `per run: ${multiplier.formula}`;
  if (perRun.basis === 'unknown') return `from ${least(perRun)} per run (${multiplier.formula})`;
  return `${money(perRun)} per run (${multiplier.formula}), ${perRun.basis}`;
}

/** `$0.002 per step, assumed`: what one request of an agent costs; null for any other call. */
export function describeStep({ cost: { perStep } }: Pick<ReportCall, 'cost'>): string | null {
  if (perStep === null) return null;
  return perStep.basis === 'unknown'
    ? `from ${least(perStep)} per step, the rest unknown`
    : `${money(perStep)} per step, ${perStep.basis}`;
}

function least({ low }: Range): string {
  return formatDollars(low * NANO_DOLLARS, 2);
}

/** The report has dollars, the rest of the program nano-dollars. */
function money({ low, expected, high, basis }: Range): string {
  return formatMoney({ low: low * NANO_DOLLARS, expected: expected * NANO_DOLLARS, high: high * NANO_DOLLARS, basis });
}
