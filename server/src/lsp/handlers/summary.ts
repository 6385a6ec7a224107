/** `farthing/summary`: one line about a document, for a status bar. */
import type { Language } from '@farthing/shared/language';
import { formatMoney } from '@farthing/shared/money';
import type { Range } from '@farthing/shared/range';
import { describeExpected, describeSpan } from '../../report/describe-figure.ts';
import { messagesIn } from '../../report/messages/index.ts';
import { inDollars } from '../../report/report.ts';
import type { Handler } from '../context.ts';
import { isCostOfCallers } from '../markdown/call-facts.ts';
import type { Summary } from '../protocol.ts';
import { sumWords } from '../since-head/change-words.ts';

export const summary: Handler<{ readonly uri: string }, Summary | null> = ({ uri }, context) => {
  const document = context.document(uri);
  if (document === null) return null;
  const { calls, diagnostics, workspace } = document;
  const { language } = context.client;
  const { bases, editor } = messagesIn(language);
  // A request that costs what its callers cost stands for them.
  const payers = calls.map((call) => (isCostOfCallers(call, workspace) ? workspace.known.featuresOf(call) : [call]));
  const costs = payers.map((group) =>
    group.flatMap(({ cost: { perCall } }) => (perCall === null || perCall.basis === 'unknown' ? [] : [perCall])),
  );
  const priced = costs.flat();
  const cost = calls.length === 0 ? null : priced.length === 0 ? formatMoney(null, language) : span(priced, language);
  const rest = costs.filter(({ length }) => length === 0).length;
  const details = [
    editor.summary.counts(calls.length, diagnostics.length),
    priced.length > 1 ? editor.summary.range : '',
    priced.length > 0 ? editor.summary.basis([...new Set(priced.map(({ basis }) => bases[basis]))].join(', ')) : '',
    rest > 0 ? editor.summary.unpriced(rest) : '',
  ];
  const changes = context.changesIn(document);
  const change = changes && sumWords(changes, language);
  return {
    calls: calls.length,
    findings: diagnostics.length,
    cost,
    change,
    details: details.filter(Boolean).join('\n\n'),
  };
};

/** One call's figure, or the range over several calls, from the lowest to the highest expected cost. */
function span(costs: readonly Range[], language: Language): string {
  const [first] = costs;
  if (costs.length === 1 && first) return describeExpected(inDollars(first), language);
  const expected = costs.map((cost) => cost.expected);
  const low = Math.min(...expected);
  const high = Math.max(...expected);
  return describeSpan(inDollars({ low, expected: (low + high) / 2, high, basis: 'assumed' }), language);
}
