/** What an edit costs: `~$3.10 -> ~$5.20 (+68%) since HEAD`. */
import type { Language } from '@farthing/shared/language';
import { formatCount, nanoDollars } from '@farthing/shared/money';
import type { Range } from '@farthing/shared/range';
import type { ReportCall } from '@farthing/shared/report';
import { costColumn } from './describe-figure.ts';
import { messagesIn } from './messages/index.ts';

/** What a change does to the cost. */
export type CostChange = 'more' | 'less' | 'other';

/** Null where both are known and expected to be the same; `other` where only one is known. */
export function changeOfCost(base: ReportCall, head: ReportCall): CostChange | null {
  const [before, now] = [comparedCost(base), comparedCost(head)];
  if (before === null || now === null) return before === now ? null : 'other';
  const difference = nanoDollars(now.expected) - nanoDollars(before.expected);
  return difference === 0 ? null : difference > 0 ? 'more' : 'less';
}

/** Of one call, or of one step of an agent; null if it is not known, or only from below. */
export function comparedCost({ cost: { perCall, perStep } }: ReportCall): Range | null {
  const cost = perStep ?? perCall;
  return cost === null || cost.basis === 'unknown' ? null : cost;
}

/**
 * `~$3.10 -> ~$5.20 (+68%) since HEAD`, in the unit in which the new figure is said; with `isAlone` that is said as well.
 * Null where one of the figures is not known, or they are the same.
 */
export function describeSinceHead(
  base: ReportCall,
  head: ReportCall,
  language: Language,
  isAlone = false,
): string | null {
  const [before, now] = [comparedCost(base), comparedCost(head)];
  if (before === null || now === null || changeOfCost(base, head) === null) return null;
  return messagesIn(language).editor.sinceHead.changed(describeChange(before, now, language, isAlone));
}

/**
 * `~$3.10 -> ~$5.20 per 1,000 calls (+68%)`.
 *
 * @param before in dollars, as `now`
 */
export function describeChange(before: Range, now: Range, language: Language, hasUnit: boolean): string {
  const column = costColumn(now, language);
  const figure = `${column.cell(before)} -> ${column.cell(now)}`;
  const share = shareOf(before.expected, now.expected, language);
  const amount = hasUnit ? `${figure} ${column.head}` : figure;
  return share === '' ? amount : `${amount} (${share})`;
}

/** More than this is said as a factor. */
const MAX_PERCENT = 900;

/** `+68%`; empty where nothing was paid before. */
function shareOf(before: number, now: number, language: Language): string {
  if (before === 0) return '';
  const share = Math.round((now / before - 1) * 100);
  if (share > MAX_PERCENT)
    return messagesIn(language).editor.sinceHead.times(formatCount(Math.round(now / before), language));
  return `${share > 0 ? '+' : ''}${share}%`;
}
