/** Everything that the report's page shows, in the user's language. */
import * as vscode from 'vscode';
import type { ReportResult } from '../../../server/src/lsp/protocol.ts';
import { countCalls, countFiles, countFindings } from '../counts.ts';
import { chartsOf } from './charts.ts';
import type { PageData } from './messages.ts';
import { byCost, callRows, findingRows, nameOf } from './rows.ts';

export function pageData(found: ReportResult, locale: string): PageData {
  const { t } = vscode.l10n;
  const calls = callRows(found).toSorted(byCost);
  const findings = findingRows(found);
  const files = new Set(calls.map(({ uri }) => uri)).size;
  const dollars = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    maximumSignificantDigits: 2,
  });
  const [first] = found.reports;
  return {
    locale,
    calls,
    isWholeWorkspace: found.isWholeWorkspace,
    charts: chartsOf(calls, findings, {
      perMonth: (sum) => t('{0} a month', dollars.format(sum)),
      calls: (count, highest) =>
        highest === null
          ? t('{0}, price unknown', countCalls(count))
          : count === 1
            ? t('{0}, about {1}', countCalls(count), dollars.format(highest))
            : t('{0}, the most expensive about {1}', countCalls(count), dollars.format(highest)),
      findings: countFindings,
    }),
    words: {
      title: t('LLM calls and their cost'),
      summary: t('{0} in {1}, {2}', countCalls(calls.length), countFiles(files), countFindings(findings.length)),
      months: monthsOf(found),
      scan: found.isWholeWorkspace ? t('Scan again') : t('Scan the workspace'),
      filter: t('Filter by file, model or function'),
      noMatch: t('No call matches the filter.'),
      empty: found.isWholeWorkspace
        ? t('No LLM calls were found in this workspace.')
        : t('Only open files have been analyzed so far. Scan the workspace to see every call.'),
      tableCaption: t('All calls. Select a location to open its code, or a heading to sort by that column.'),
      sortedBy: t('Sorted by {0}', '{0}'),
      charts: {
        file: t('By file'),
        wrapper: t('By function'),
        model: t('By model'),
        rule: t('By rule'),
        technique: t('By technique'),
      },
      more: t('and {0} more', '{0}'),
      columns: {
        place: t('Location'),
        model: t('Model'),
        input: t('Tokens in'),
        output: t('Tokens out'),
        cost: t('Cost'),
        findings: t('Findings'),
      },
      note: first
        ? t(
            'Each figure shows its basis. Costs per call are never added up; a cost per month needs a declared volume. Prices: {0}. Nothing left this machine.',
            first.prices.source,
          )
        : '',
    },
  };
}

/** One line for each folder that has a sum; if there are several folders, with the folder's name. */
function monthsOf({ reports }: ReportResult): readonly string[] {
  return reports.flatMap(({ month, rootUri }) => {
    if (month === null) return [];
    return [reports.length > 1 ? `${nameOf(rootUri)}: ${month}` : month];
  });
}
