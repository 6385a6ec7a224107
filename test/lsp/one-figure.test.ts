/**
 * A call has one figure, wherever it is shown. Over a repository: the terminal, the report, the side bar, the lens, the hover,
 * the breakdown, the status bar and the titles of fixes.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReportCall } from '@farthing/shared/report';
import { expect, test } from 'vitest';
import type { CodeAction, Hover, MarkupContent } from 'vscode-languageserver-protocol';
import type { Breakdown, ReportResult, Summary, WorkspaceReport } from '../../server/src/lsp/protocol.ts';
import { farthing } from '../run-bundle.ts';
import { lensesOf } from '../support/lenses.ts';
import { type Workspace, workspace } from '../support/workspace.ts';

const EXAMPLES = join(import.meta.dirname, '..', '..', 'examples');
/** What follows the figure is what it is based on, and the month. */
const FIGURE = /~?\$[\d.,]+(?: to \$[\d.,]+)? per (?:call|1,000 calls)(?: \(\$[\d.,]+ to \$[\d.,]+\))?/;

let editor: Workspace;
let report: WorkspaceReport;
let terminal = '';
/** A workspace ends with its test, so that all checks are one. */
test('the terminal, the report, the lens, the breakdown, the hover, both bars and the titles of fixes agree', async () => {
  const names = globSync('**/*.{ts,py,json}', { cwd: EXAMPLES, exclude: (name) => name === 'node_modules' });
  editor = await workspace(
    Object.fromEntries(names.map((name) => [name, readFileSync(join(EXAMPLES, name), 'utf8')])),
    { initializationOptions: { hasClientCommands: true } },
  );
  await editor.request('farthing/scanWorkspace', {});
  const [only] = (await editor.request<ReportResult>('farthing/report', null)).reports;
  if (only === undefined) throw new Error('no folder is open');
  report = only;
  for (const path of new Set(report.calls.map((call) => call.path))) await editor.show(path);
  terminal = farthing(['scan', '--all', '--fail-on', 'never'], { cwd: editor.root }).out;

  hasEveryKind();
  inTerminal();
  await inLenses();
  await inBreakdowns();
  await inHovers();
  await inBars();
  await inFixTitles();
});

function wordsOf(call: ReportCall) {
  const words = report.words[call.id];
  if (words === undefined) throw new Error(`${call.path}:${call.line} has no words`);
  return words;
}

/** The figure itself, as every text about the call has to state it. */
function figureOf(call: ReportCall): string {
  return FIGURE.exec(wordsOf(call).cost)?.[0] ?? wordsOf(call).cost;
}

const withFigure = (): readonly ReportCall[] => report.calls.filter((call) => FIGURE.test(wordsOf(call).cost));
/** Markdown writes these signs as entities or with a backslash. */
const plain = (markdown: string): string => markdown.replaceAll('&#126;', '~').replace(/\\([!-/:-@[-`{-~])/g, '$1');

function hasEveryKind(): void {
  const calls = withFigure();
  expect(calls.length).toBeGreaterThan(12);
  for (const kind of [/^~/, /^from/, /callers?, /, /\/month/]) {
    expect(report.calls.map((call) => wordsOf(call).cost)).toContainEqual(expect.stringMatching(kind));
  }
}

function inTerminal(): void {
  for (const call of withFigure()) {
    const line = new RegExp(`^  ${call.line}:${call.column} .*`, 'gm');
    expect(
      terminal.match(line)?.some((text) => text.endsWith(wordsOf(call).cost)),
      terminal,
    ).toBe(true);
  }
}

async function inLenses(): Promise<void> {
  for (const call of withFigure()) {
    const titles = (await lensesOf(editor, call.path))
      .filter(({ command }) => command?.arguments?.[1] === call.id)
      .map(({ command }) => command?.title ?? '');
    expect(titles[0]).toContain(figureOf(call));
  }
}

/** Whose rows add up to it. */
async function inBreakdowns(): Promise<void> {
  for (const call of withFigure()) {
    const found = await editor.request<Breakdown>('farthing/breakdown', { uri: editor.uri(call.path), call: call.id });
    const text = plain(found.markdown);
    expect(text).toContain(`**${wordsOf(call).cost}**`);
    const parts = [...text.matchAll(/^\| (?:in|out) \|[^|]*\|[^|]*\| ~?\$([\d.,]+) \|/gm)].map(([, sum]) =>
      Number(sum),
    );
    const [, expected] = /^~?\$([\d.]+) per/.exec(figureOf(call)) ?? [];
    if (parts.length === 0 || expected === undefined || call.cost.perMonth !== null) continue;
    const sum = parts.reduce((total, part) => total + part, 0);
    expect(Math.abs(sum / Number(expected) - 1), text).toBeLessThan(0.06);
  }
}

async function inHovers(): Promise<void> {
  let seen = 0;
  for (const call of withFigure()) {
    if (call.calledFrom !== null || call.via.length > 0) continue;
    const { range } = await editor.request<Breakdown>('farthing/breakdown', {
      uri: editor.uri(call.path),
      call: call.id,
    });
    const line = readFileSync(join(editor.root, call.path), 'utf8').split('\n')[range.start.line] ?? '';
    const method = /\.(\w+)\(/.exec(line.slice(range.start.character));
    if (method === null) continue;
    const hover = await editor.request<Hover | null>('textDocument/hover', {
      textDocument: { uri: editor.uri(call.path) },
      position: { line: range.start.line, character: range.start.character + method.index + 2 },
    });
    if (hover === null) continue;
    expect(plain((hover.contents as MarkupContent).value)).toContain(figureOf(call));
    seen++;
  }
  expect(seen).toBeGreaterThan(5);
}

/** Without the bounds. */
async function inBars(): Promise<void> {
  for (const call of withFigure()) {
    const { brief } = wordsOf(call);
    if (call.cost.perMonth === null) expect(figureOf(call)).toContain(brief.replace(/^from /, ''));
    else expect(wordsOf(call).cost).toContain(brief);
  }
  const files = Map.groupBy(report.calls, ({ path }) => path);
  const single = [...files].flatMap(([path, [call, ...more]]) => (call && more.length === 0 ? [{ path, call }] : []));
  let seen = 0;
  for (const { path, call } of single) {
    if (!/^~/.test(wordsOf(call).cost)) continue;
    const summary = await editor.request<Summary>('farthing/summary', { uri: editor.uri(path) });
    expect(figureOf(call)).toContain(summary.cost);
    seen++;
  }
  expect(seen).toBeGreaterThan(1);
}

/** Which speak of one call. */
async function inFixTitles(): Promise<void> {
  let seen = 0;
  for (const call of withFigure()) {
    const range = (await editor.request<Breakdown>('farthing/breakdown', { uri: editor.uri(call.path), call: call.id }))
      .range;
    const actions = await editor.request<readonly CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: editor.uri(call.path) },
      range,
      context: { diagnostics: [] },
    });
    for (const { title } of actions) {
      const [, today] = / instead of \$([\d.]+) per call/.exec(title) ?? [];
      if (today === undefined || call.cost.perCall === null) continue;
      expect(Number(today), title).toBe(Number(call.cost.perCall.expected.toPrecision(2)));
      seen++;
    }
  }
  expect(seen).toBeGreaterThan(0);
}
