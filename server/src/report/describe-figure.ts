/**
 * One figure for the cost of a call, wherever it is shown: a lens, a hover, a list, a report. What it is expected to be comes
 * first, with its unit; the bounds come after it.
 */
import type { Language } from '@farthing/shared/language';
import { formatBounds, formatExpected, isNarrow, NANO_DOLLARS, roughDollars } from '@farthing/shared/money';
import { type Range, scaleRange } from '@farthing/shared/range';
import { messagesIn } from './messages/index.ts';

/** Dollars. Below it, so many zeros precede a figure that it is said of 1,000 calls. */
const CENT = 0.01;
const THOUSAND = 1000;

/** `~$0.53 per 1,000 calls ($0.17 to $4.10)`, `$0.0131 per call`. */
export function describeFigure(cost: Range, language: Language = 'en'): string {
  const nanos = nanosOf(cost, unitOf(cost.expected));
  return withBounds(describeExpected(cost, language), nanos, language);
}

/** `~$0.53 per 1,000 calls`: the figure alone, for a list. */
export function describeExpected(cost: Range, language: Language = 'en'): string {
  const calls = unitOf(cost.expected);
  return withUnit(formatExpected(nanosOf(cost, calls), language), calls, language);
}

/** `$0.20 to $50.00 per 1,000 calls`: over several calls, none of which is more likely than the others. */
export function describeSpan(cost: Range, language: Language = 'en'): string {
  const calls = unitOf(cost.low);
  return withUnit(formatBounds(nanosOf(cost, calls), language), calls, language);
}

/** `$0.17 per 1,000 calls`: what is certain of a cost whose rest is unknown. */
export function describeLeast({ low }: Range, language: Language = 'en'): string {
  const calls = unitOf(low);
  return withUnit(roughDollars(low * calls * NANO_DOLLARS, language), calls, language);
}

/** `~$650 ($510 to $800)`: an amount whose unit is said by the words around it. */
export function describeAmount(cost: Range, language: Language = 'en'): string {
  const nanos = nanosOf(cost, 1);
  return withBounds(formatExpected(nanos, language), nanos, language);
}

/** A column of a table, whose costs are all in the unit that fits the first of them. */
export interface CostColumn {
  /** `per 1,000 calls`. */
  readonly head: string;
  /** `~$0.53`, `from $0.17` of a cost whose rest is unknown. */
  readonly cell: (cost: Range) => string;
}

export function costColumn(first: Range | null, language: Language): CostColumn {
  const calls = unitOf(first?.expected ?? 0);
  const cell = (cost: Range): string => {
    const nanos = nanosOf(cost, calls);
    if (cost.basis !== 'unknown') return formatExpected(nanos, language);
    return messagesIn(language).from(roughDollars(nanos.low, language));
  };
  return { head: unitName(calls, language), cell };
}

/** How many calls the figure is for: 1 or 1,000. */
function unitOf(dollars: number): number {
  return dollars > 0 && dollars < CENT ? THOUSAND : 1;
}

function withBounds(figure: string, nanos: Range, language: Language): string {
  return isNarrow(nanos) ? figure : `${figure} (${formatBounds(nanos, language)})`;
}

function withUnit(amount: string, calls: number, language: Language): string {
  return `${amount} ${unitName(calls, language)}`;
}

function unitName(calls: number, language: Language): string {
  const { units } = messagesIn(language).cost;
  return calls === 1 ? units.call : units.thousand;
}

function nanosOf(cost: Range, calls: number): Range {
  return scaleRange(cost, calls * NANO_DOLLARS);
}
