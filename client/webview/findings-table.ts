/** All findings by rule, those that save the most first, with what mends all of a rule. */
import type { PageWords } from '../src/report/messages.ts';
import type { FindingRow } from '../src/report/rows.ts';
import { breakablePath, element } from './element.ts';
import { send } from './page-state.ts';

/** A finding with its index in the page's data. */
export type IndexedFinding = readonly [index: number, finding: FindingRow];

export function drawFindingsTable(findings: readonly IndexedFinding[], words: PageWords): HTMLElement {
  const sorted = findings.toSorted(([, a], [, b]) => (b.saving ?? -1) - (a.saving ?? -1));
  const byRule = Map.groupBy(sorted, ([, { rule }]) => rule);
  const columns = { finding: words.finding, place: words.columns.place, saves: words.saves };
  const headings = Object.entries(columns).map(([name, text]) => element('th', { scope: 'col', class: name }, text));
  return element(
    'table',
    { class: 'findings' },
    element('thead', {}, element('tr', {}, ...headings)),
    ...[...byRule].map(([rule, members]) =>
      element('tbody', {}, ruleRow(rule, members, words), ...members.map((one) => rowOf(one, words))),
    ),
  );
}

function ruleRow(rule: string, members: readonly IndexedFinding[], words: PageWords): HTMLElement {
  const button = (text: string, kind: 'fixAll' | 'explain'): HTMLElement => {
    const label = text.replace('{0}', rule);
    const created = element('button', { type: 'button', class: 'link', 'data-key': `${kind} ${rule}` }, label);
    created.addEventListener('click', () => send({ type: kind, rule }));
    return created;
  };
  const isFixable = members.some(([, finding]) => finding.isFixable);
  return element(
    'tr',
    { class: 'rule' },
    element(
      'th',
      { scope: 'rowgroup', colspan: '3' },
      element('code', {}, rule),
      ` (${members.length})`,
      ...(isFixable ? [button(words.fixAll, 'fixAll')] : []),
      button(words.explain, 'explain'),
    ),
  );
}

function rowOf([index, { message, place, savingText }]: IndexedFinding, words: PageWords): HTMLElement {
  const link = element(
    'button',
    { type: 'button', class: 'link', 'data-key': `finding ${index}` },
    ...breakablePath(place),
  );
  link.addEventListener('click', () => send({ type: 'openFinding', finding: index }));
  return element(
    'tr',
    {},
    element('td', {}, message),
    element('td', { 'data-column': words.columns.place }, link),
    element('td', { class: 'saves', 'data-column': words.saves }, savingText),
  );
}
