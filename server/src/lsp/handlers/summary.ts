/** `farthing/summary`: one line about a document, for a status bar. */
import { formatMoney } from '@farthing/shared/money';
import type { Range } from '@farthing/shared/range';
import { plural } from '../../report/describe.ts';
import type { Handler } from '../context.ts';
import type { Summary } from '../protocol.ts';

export const summary: Handler<{ readonly uri: string }, Summary | null> = ({ uri }, context) => {
  const document = context.document(uri);
  if (document === null) return null;
  const { calls, diagnostics } = document;
  const priced = calls.flatMap(({ cost }) =>
    cost.perCall === null || cost.perCall.basis === 'unknown' ? [] : [cost.perCall],
  );
  const cost = calls.length === 0 ? null : priced.length === 0 ? 'price unknown' : `${span(priced)} per call`;
  const rest = calls.length - priced.length;
  const details = [
    `${plural(calls.length, 'LLM call')} in this file, ${plural(diagnostics.length, 'finding')}.`,
    priced.length > 1
      ? 'The range runs from the cheapest call to the most expensive. Costs per call are never added up.'
      : '',
    priced.length > 0 ? `Basis: ${[...new Set(priced.map(({ basis }) => basis))].join(', ')}.` : '',
    rest > 0
      ? `${plural(rest, 'call has', 'calls have')} no price: the model or the size is only known at run time.`
      : '',
  ];
  return { calls: calls.length, findings: diagnostics.length, cost, details: details.filter(Boolean).join('\n\n') };
};

/** One call's figure, or the range over several calls, from the lowest to the highest expected cost. */
function span(costs: readonly Range[]): string {
  const [first] = costs;
  if (costs.length === 1 && first) return formatMoney(first);
  const expected = costs.map((cost) => cost.expected);
  const low = Math.min(...expected);
  const high = Math.max(...expected);
  return formatMoney({ low, expected: (low + high) / 2, high, basis: 'assumed' });
}
