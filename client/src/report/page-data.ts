/** Everything that the report's page shows, in the user's language. */
import * as vscode from 'vscode';
import type { ReportResult } from '../../../server/src/lsp/protocol.ts';
import { countCalls, countFiles, countFindings } from '../counts.ts';
import { type BarWords, chartsOf } from './charts.ts';
import type { PageData, PageWords } from './messages.ts';
import { byCost, type CallRow, callRows, type FindingRow, findingRows, nameOf } from './rows.ts';

const { t } = vscode.l10n;

export function pageData(found: ReportResult, locale: string): PageData {
  const calls = callRows(found).toSorted(byCost);
  const findings = findingRows(found);
  return {
    calls,
    findings,
    isWholeWorkspace: found.isWholeWorkspace,
    charts: chartsOf(calls, findings, barWords(locale, found)),
    words: wordsOf(found, calls, findings),
  };
}

function barWords(locale: string, { currency: { code, rate } }: ReportResult): BarWords {
  const money = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: code,
    currencyDisplay: 'narrowSymbol',
    maximumSignificantDigits: 2,
  });
  return {
    month: (dollars) => t('{0} a month', money.format(dollars * rate)),
    calls: (figure, count) =>
      figure === null ? t('{0}, cost not fully known', countCalls(count)) : `${figure}, ${countCalls(count)}`,
    findings: (saving, count) => (saving === null ? countFindings(count) : `${saving}, ${countFindings(count)}`),
  };
}

function wordsOf(found: ReportResult, calls: readonly CallRow[], findings: readonly FindingRow[]): PageWords {
  const files = new Set(calls.map(({ uri }) => uri)).size;
  const [first] = found.reports;
  return {
    title: t('LLM calls and their cost'),
    summary: t('{0} in {1}, {2}', countCalls(calls.length), countFiles(files), countFindings(findings.length)),
    months: monthsOf(found),
    scan: found.isWholeWorkspace ? t('Scan again') : t('Scan the workspace'),
    export: t('Export...'),
    filter: t('Filter by file, model, function or rule'),
    noMatch: t('No call matches the filter.'),
    noFindings: t('No finding matches the filter.'),
    empty: found.isWholeWorkspace
      ? t('No LLM calls were found in this workspace.')
      : t('Only open files have been analyzed so far. Scan the workspace to see every call.'),
    sortedBy: t('Sorted by {0}', '{0}'),
    shown: t('{0} of {1} calls', '{0}', '{1}'),
    charts: {
      wrapper: t('By function'),
      model: t('By model'),
      folder: t('By folder'),
      owner: t('By owner'),
      rule: t('By rule'),
    },
    measures: {
      month: t('Cost per month'),
      highest: t('The most expensive call of each'),
      saving: t('The largest saving of each'),
      count: t('Number of each, because no cost is known'),
    },
    more: t('and {0} more', '{0}'),
    deselect: t('Show all again'),
    calls: t('Calls'),
    callsHint: t('Select a location to open its code, a heading to sort, or a bar above to see only its calls.'),
    columns: {
      place: t('Location'),
      model: t('Model'),
      input: t('Tokens in'),
      output: t('Tokens out'),
      cost: t('Cost'),
      findings: t('Findings'),
    },
    findings: t('Findings'),
    finding: t('Finding'),
    saves: t('Saves'),
    fixAll: t('Fix all of {0}', '{0}'),
    explain: t('Explain {0}', '{0}'),
    note: first
      ? t(
          'Each figure shows its basis. Costs per call are never added up; a cost per month needs a declared volume. Prices: {0}. Nothing left this machine.',
          first.prices.source,
        )
      : '',
  };
}

/** One line for each folder that has a sum; if there are several folders, with the folder's name. */
function monthsOf({ reports }: ReportResult): readonly string[] {
  return reports.flatMap(({ month, rootUri }) => {
    if (month === null) return [];
    return [reports.length > 1 ? `${nameOf(rootUri)}: ${month}` : month];
  });
}
