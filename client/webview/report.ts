/** The report's page. It draws what the extension sends and only keeps the filter, the selected bars and the order. */
import { GROUP_KINDS, type GroupKind, isSelected } from '../src/report/groups.ts';
import type { PageData, ToPage } from '../src/report/messages.ts';
import type { CallRow } from '../src/report/rows.ts';
import { drawCallsTable } from './calls-table.ts';
import { drawCharts } from './charts.ts';
import { element } from './element.ts';
import { drawFindingsTable, type IndexedFinding } from './findings-table.ts';
import { keepFocus } from './keep-focus.ts';
import { current, keep, send } from './page-state.ts';

const root = document.getElementById('report') as HTMLElement;
/** What a screen reader is told. It stays in the page, because a new element would not be read. */
const status = element('p', { role: 'status', class: 'status' });

/** @param said what has happened, for a screen reader */
function draw(page: PageData, said = ''): void {
  const { words } = page;
  const again = (told?: string): void => draw(page, told);
  const calls = page.calls.filter(isShown);
  const findings = findingsOf(page, calls);
  const isEmpty = page.calls.length === 0;
  status.textContent = calls.length === 0 && !isEmpty ? words.noMatch : said;
  keepFocus(() =>
    root.replaceChildren(
      drawHeader(page),
      ...(isEmpty || !page.isWholeWorkspace ? [element('p', { class: 'empty' }, words.empty)] : []),
      ...(isEmpty
        ? []
        : [
            drawCharts(page, current().selection, (kind, group) => {
              select(kind, group);
              again(
                words.shown
                  .replace('{0}', String(page.calls.filter(isShown).length))
                  .replace('{1}', String(page.calls.length)),
              );
            }),
            element(
              'section',
              { 'aria-labelledby': 'calls' },
              element('h2', { id: 'calls' }, words.calls),
              drawFilter(page, again),
              status,
              drawCallsTable(calls, words, again),
            ),
            ...(page.findings.length === 0 ? [] : [drawFindings(findings, page)]),
            element('footer', {}, element('p', {}, words.note)),
          ]),
    ),
  );
}

function drawHeader({ words }: PageData): HTMLElement {
  const scan = element('button', { type: 'button', 'data-key': 'scan' }, words.scan);
  scan.addEventListener('click', () => send({ type: 'scan' }));
  const lines = [words.summary, ...words.months].map((line) => element('p', {}, line));
  const save = element('button', { type: 'button', class: 'secondary', 'data-key': 'export' }, words.export);
  save.addEventListener('click', () => send({ type: 'export' }));
  const buttons = element('div', { class: 'buttons' }, save, scan);
  return element('header', {}, element('div', {}, element('h1', {}, words.title), ...lines), buttons);
}

/** The text to filter by, and the selected bars, each of which can be removed. */
function drawFilter({ words }: PageData, redraw: () => void): HTMLElement {
  const { filter: text, selection } = current();
  const filter = element('input', {
    type: 'search',
    value: text,
    'aria-label': words.filter,
    placeholder: words.filter,
    'data-key': 'filter',
  });
  filter.addEventListener('input', () => {
    keep({ filter: filter.value });
    redraw();
  });
  const chips = GROUP_KINDS.flatMap((kind) => {
    const group = selection[kind];
    if (group === undefined) return [];
    const chip = element('button', { type: 'button', class: 'chip', title: words.deselect }, group);
    chip.addEventListener('click', () => {
      select(kind, group);
      redraw();
    });
    return [chip];
  });
  return element('div', { class: 'filter' }, filter, ...chips);
}

function drawFindings(findings: readonly IndexedFinding[], { words }: PageData): HTMLElement {
  return element(
    'section',
    { 'aria-labelledby': 'findings' },
    element('h2', { id: 'findings' }, words.findings),
    findings.length === 0 ? element('p', {}, words.noFindings) : drawFindingsTable(findings, words),
  );
}

/** Selecting a selected bar again removes it. */
function select(kind: GroupKind, group: string): void {
  const { selection } = current();
  keep({ selection: { ...selection, [kind]: selection[kind] === group ? undefined : group } });
}

function isShown(call: CallRow): boolean {
  const { filter, selection } = current();
  const text = `${call.path} ${call.name} ${call.model} ${call.api} ${call.owner ?? ''} ${call.rules.join(' ')}`;
  return text.toLowerCase().includes(filter.trim().toLowerCase()) && isSelected(call, selection);
}

/** Those of the calls that are shown; where a rule is selected, only its own. */
function findingsOf(page: PageData, calls: readonly CallRow[]): readonly IndexedFinding[] {
  const { filter, selection } = current();
  const isAll = filter.trim() === '' && GROUP_KINDS.every((kind) => selection[kind] === undefined);
  const ids = new Set(calls.map(({ id }) => id));
  return [...page.findings.entries()].filter(([, { call, rule }]) => {
    if (selection.rule !== undefined && rule !== selection.rule) return false;
    return call === null ? isAll : ids.has(call);
  });
}

window.addEventListener('message', ({ data: message }: MessageEvent<ToPage>) => {
  if (message.type === 'data') draw(message.data);
});
send({ type: 'ready' });
