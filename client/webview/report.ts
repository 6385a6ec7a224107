/** The report's page. It draws what the extension sends and only keeps the filter and the order. */
import { COLUMNS, type ColumnId, type FromPage, type PageData, type ToPage } from '../src/report/messages.ts';
import type { CallRow } from '../src/report/rows.ts';
import { drawCharts } from './charts.ts';
import { element } from './element.ts';

interface PageState {
  readonly filter: string;
  readonly column: ColumnId;
  readonly isDescending: boolean;
}

declare function acquireVsCodeApi(): {
  postMessage(message: FromPage): void;
  getState(): PageState | undefined;
  setState(state: PageState): void;
};

const api = acquireVsCodeApi();
const root = document.getElementById('report') as HTMLElement;
const collator = new Intl.Collator(undefined, { numeric: true });
let state: PageState = api.getState() ?? { filter: '', column: 'cost', isDescending: true };
let data: PageData | null = null;
let body: HTMLElement | null = null;
let status: HTMLElement | null = null;

const NUMERIC: ReadonlySet<ColumnId> = new Set(['cost', 'findings']);

function draw(page: PageData): void {
  const { words } = page;
  const filter = element('input', {
    type: 'search',
    value: state.filter,
    'aria-label': words.filter,
    placeholder: words.filter,
  });
  filter.addEventListener('input', () => {
    keep({ ...state, filter: filter.value });
    fill(page);
  });
  const scan = element('button', { type: 'button' }, words.scan);
  scan.addEventListener('click', () => api.postMessage({ type: 'scan' }));
  status = element('p', { role: 'status', class: 'status' });
  body = element('tbody', {});
  const table = element(
    'table',
    {},
    element('caption', {}, words.tableCaption),
    element('thead', {}, element('tr', {}, ...COLUMNS.map((column) => heading(column, page)))),
    body,
  );
  const isEmpty = page.calls.length === 0;
  const lines = [words.summary, ...words.months].map((line) => element('p', {}, line));
  const head = element('header', {}, element('div', {}, element('h1', {}, words.title), ...lines), scan);
  const rest = isEmpty
    ? [element('p', { class: 'empty' }, words.empty)]
    : [
        ...(page.isWholeWorkspace ? [] : [element('p', { class: 'empty' }, words.empty)]),
        drawCharts(page),
        element('section', { class: 'calls' }, element('div', { class: 'filter' }, filter), status, table),
        element('footer', {}, element('p', {}, words.note)),
      ];
  root.replaceChildren(head, ...rest);
  fill(page);
}

function heading(column: ColumnId, page: PageData): HTMLElement {
  const button = element('button', { type: 'button' }, page.words.columns[column]);
  const order = state.column !== column ? 'none' : state.isDescending ? 'descending' : 'ascending';
  const cell = element('th', { scope: 'col', 'aria-sort': order, class: column }, button);
  button.addEventListener('click', () => {
    const isDescending = state.column === column ? !state.isDescending : NUMERIC.has(column);
    keep({ ...state, column, isDescending });
    draw(page);
    root.querySelector<HTMLElement>(`th.${column} button`)?.focus();
    if (status) status.textContent = page.words.sortedBy.replace('{0}', page.words.columns[column]);
  });
  return cell;
}

function fill(page: PageData): void {
  const wanted = state.filter.trim().toLowerCase();
  const rows = page.calls
    .filter((call) => `${call.path} ${call.name} ${call.model} ${call.api}`.toLowerCase().includes(wanted))
    .toSorted((a, b) => compare(a, b, state.column) * (state.isDescending ? -1 : 1));
  body?.replaceChildren(...rows.map(rowOf));
  if (status) status.textContent = rows.length === 0 ? page.words.noMatch : '';
}

function compare(a: CallRow, b: CallRow, column: ColumnId): number {
  if (column === 'cost') return (a.perMonth ?? -1) - (b.perMonth ?? -1) || (a.perCall ?? -1) - (b.perCall ?? -1);
  if (column === 'findings') return a.findings - b.findings;
  if (column === 'place') return collator.compare(a.path, b.path) || a.line - b.line;
  return collator.compare(a[column], b[column]);
}

function rowOf(call: CallRow): HTMLElement {
  const place = element('button', { type: 'button', class: 'link' }, call.place);
  place.addEventListener('click', () => api.postMessage({ type: 'open', call: call.id }));
  // Without a function, the call's name is its location, which is already shown.
  const name = call.place.endsWith(call.name) ? '' : call.name;
  const cells: readonly (readonly [column: ColumnId, text: string, below: string])[] = [
    ['model', call.model, call.api],
    ['input', call.input, ''],
    ['output', call.output, ''],
    ['cost', call.cost, ''],
    ['findings', call.findings === 0 ? '' : String(call.findings), ''],
  ];
  return element(
    'tr',
    {},
    element('th', { scope: 'row' }, place, ...smallPrint(name)),
    ...cells.map(([column, text, below]) => element('td', { class: column }, text, ...smallPrint(below))),
  );
}

function smallPrint(text: string): readonly HTMLElement[] {
  return text === '' ? [] : [element('span', { class: 'small-print' }, text)];
}

function keep(next: PageState): void {
  state = next;
  api.setState(next);
}

window.addEventListener('message', ({ data: message }: MessageEvent<ToPage>) => {
  if (message.type !== 'data') return;
  const focused = document.activeElement?.matches('input') === true;
  data = message.data;
  draw(data);
  if (focused) root.querySelector('input')?.focus();
});
api.postMessage({ type: 'ready' });
