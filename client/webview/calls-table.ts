/** All calls as a table that is sorted by its headings. */
import { COLUMNS, type ColumnId, type PageWords } from '../src/report/messages.ts';
import type { CallRow } from '../src/report/rows.ts';
import { breakablePath, element, smallPrint } from './element.ts';
import { current, keep, send } from './page-state.ts';

/** They begin with the largest. */
const NUMERIC: ReadonlySet<ColumnId> = new Set(['input', 'output', 'cost', 'findings']);
const collator = new Intl.Collator(undefined, { numeric: true });

export function drawCallsTable(
  calls: readonly CallRow[],
  words: PageWords,
  redraw: (said: string) => void,
): HTMLElement {
  const { column, isDescending } = current();
  const rows = calls.toSorted((a, b) => compare(a, b, column) * (isDescending ? -1 : 1));
  return element(
    'table',
    { class: 'calls' },
    element('caption', {}, words.callsHint),
    element('thead', {}, element('tr', {}, ...COLUMNS.map((one) => heading(one, words, redraw)))),
    element('tbody', {}, ...rows.map((call) => rowOf(call, words))),
  );
}

function heading(column: ColumnId, words: PageWords, redraw: (said: string) => void): HTMLElement {
  const { column: sorted, isDescending } = current();
  const button = element('button', { type: 'button', 'data-key': `sort ${column}` }, words.columns[column]);
  button.addEventListener('click', () => {
    keep({ column, isDescending: sorted === column ? !isDescending : NUMERIC.has(column) });
    redraw(words.sortedBy.replace('{0}', words.columns[column]));
  });
  const order = sorted !== column ? 'none' : isDescending ? 'descending' : 'ascending';
  return element('th', { scope: 'col', 'aria-sort': order, class: column }, button);
}

function compare(a: CallRow, b: CallRow, column: ColumnId): number {
  switch (column) {
    case 'cost':
      return (a.perMonth ?? -1) - (b.perMonth ?? -1) || (a.perCall ?? -1) - (b.perCall ?? -1);
    case 'input':
      return a.inputTokens - b.inputTokens;
    case 'output':
      return a.outputTokens - b.outputTokens;
    case 'findings':
      return a.rules.length - b.rules.length;
    case 'place':
      return collator.compare(a.path, b.path) || a.line - b.line;
    case 'model':
      return collator.compare(a.model, b.model);
  }
}

function rowOf(call: CallRow, words: PageWords): HTMLElement {
  const place = element(
    'button',
    { type: 'button', class: 'link', 'data-key': `call ${call.id}` },
    ...breakablePath(call.place),
  );
  place.addEventListener('click', () => send({ type: 'openCall', call: call.id }));
  // Without a function, the call's name is its location, which is already shown.
  const name = call.place.endsWith(call.name) ? '' : call.name;
  const texts: Readonly<Record<ColumnId, readonly (Node | string)[]>> = {
    place: [place, ...smallPrint(name)],
    model: [call.model, ...smallPrint(call.api)],
    input: [call.input],
    output: [call.output],
    cost: [call.cost],
    findings: [call.rules.length === 0 ? '' : String(call.rules.length)],
  };
  // Where the page is narrow, each row is a block and each cell names its column.
  return element(
    'tr',
    {},
    element('th', { scope: 'row', class: 'place' }, ...texts.place),
    ...COLUMNS.slice(1).map((column) =>
      element('td', { class: column, 'data-column': words.columns[column] }, ...texts[column]),
    ),
  );
}
