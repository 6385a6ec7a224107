/**
 * The editor and the terminal never disagree: 500 edits, half of them leaving broken code, and what the server shows is
 * what a scan of the same text says.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Report, ReportCall } from '@farthing/shared/report';
import { expect, test } from 'vitest';
import { frontendFor } from '../../server/src/frontends/index.ts';
import { joinSources } from '../../server/src/frontends/notebook/notebook.ts';
import { REPORT, type ReportResult, SCAN_WORKSPACE } from '../../server/src/lsp/protocol.ts';
import { DIST } from '../run-bundle.ts';
import { editFile, editNotebook } from '../support/edited.ts';
import { type LanguageClient, startClient, uriOf } from '../support/language-client.ts';
import { applyEdit, breakingEdit, createRandom, type Edit, inverseOf, soundEdit } from '../support/random-edits.ts';
import { commandReport, type ProjectScan, projectScan, scanReport, shownByScan } from '../support/scan-text.ts';
import { stopClock } from '../support/still-clock.ts';

const EDITS = 500;
/** Diagnostics are asked for after every edit, and compared after so many: an odd number, for broken and sound code. */
const COMPARE_EVERY = 3;
/** The built command is asked as well. */
const COMMAND_EVERY = 75;
/** The editor scans its workspace, and all that it knows is held against a fresh scan of the same files: odd as well. */
const PROJECT_EVERY = 27;
/** Before this edit, the editor knows only what it has open, as a scan of standard input does. */
const PROJECT_FROM = 243;
/** A file that the edited one imports changes on the disk. */
const NEIGHBOUR_EVERY = 26;
/** What the neighbour's models are replaced by, in turn. */
const MODELS = ['gpt-6-luna', 'gpt-4-turbo', 'gpt-6-sol'];

const FIXTURE = fileURLToPath(new URL('../fixtures/editor-workspace', import.meta.url));
const FILES = [
  { name: 'src/support.ts', language: 'typescript', comment: '//', neighbour: 'src/models.ts', seed: 1 },
  { name: 'src/assistant.tsx', language: 'typescriptreact', comment: '//', neighbour: 'src/models.ts', seed: 2 },
  { name: 'jobs/reviews.py', language: 'python', comment: '#', neighbour: 'jobs/settings.py', seed: 3 },
  { name: 'jobs/explore.ipynb', language: null, comment: '#', neighbour: 'jobs/settings.py', seed: 4 },
  // Files with feature calls, over one module and over several.
  { name: 'src/letters.ts', language: 'typescript', comment: '//', neighbour: 'src/models.ts', seed: 5 },
  { name: 'jobs/letters.py', language: 'python', comment: '#', neighbour: 'jobs/settings.py', seed: 6 },
];
/** Files that carry out what others ask for, over an interface and a base class: no import leads to them. */
const CALLED_ELSEWHERE = [
  { name: 'src/counter.ts', language: 'typescript', comment: '//', seed: 7 },
  { name: 'jobs/counter.py', language: 'python', comment: '#', seed: 8 },
];
const EDITS_FROM_ELSEWHERE = 200;

const CLOCK = stopClock();

test.concurrent.for(FILES)('$name', async ({ name, language, comment, neighbour, seed }, { onTestFinished }) => {
  const root = mkdtempSync(join(tmpdir(), 'farthing-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  cpSync(FIXTURE, root, { recursive: true });
  const server = [...CLOCK.nodeArguments, join(DIST, 'lsp.cjs'), '--stdio'];
  const client = await startClient({ server, root, env: CLOCK.env });
  const random = createRandom(seed);
  const edited =
    language === null ? await editNotebook(root, client, name, random) : await editFile(root, client, name, language);
  const seen = { findings: 0, calls: 0, features: 0, compared: 0, commands: 0, projects: 0, fixes: 0 };

  for (let edit = 0; edit < EDITS; edit += 2) {
    const before = edited.text();
    const breaking = draw(
      () => breakingEdit(before, random),
      (edit) => isBroken(name, applyEdit(before, edit)),
    );
    await edited.edit(breaking);
    await compare(edit);
    const sound = draw(
      () => soundEdit(before, comment, random),
      (edit) => !isBroken(name, applyEdit(before, edit)),
    );
    await edited.edit(inverseOf(before, breaking));
    await edited.edit(sound);
    await edited.turn();
    if (edit % NEIGHBOUR_EVERY === 0) await changeNeighbour(edit / NEIGHBOUR_EVERY);
    await compare(edit + 1);
  }

  await edited.close();
  expect(await client.stop()).toBe(0);
  expect(client.log).toEqual([]);
  expect(seen.findings).toBeGreaterThan(seen.compared);
  expect(seen.calls).toBeGreaterThan(seen.compared);
  if (name.includes('letters')) expect(seen.features).toBeGreaterThan(seen.compared);
  expect(seen.commands).toBeGreaterThanOrEqual(3);
  expect(seen.projects).toBeGreaterThanOrEqual(8);
  expect(seen.fixes).toBeGreaterThan(0);

  async function compare(edit: number): Promise<void> {
    const shown = await edited.shown();
    if (edit % COMPARE_EVERY !== 0) return;
    const text = edited.saved();
    const scan =
      edit <= PROJECT_FROM ? scanReport(root, name, text) : reportAbout(name, freshScan(root, name, text).report);
    const expected = shownByScan(scan);
    expect(shown, `after edit ${edit}`).toEqual(expected);
    const { reports } = await client.request<ReportResult>(REPORT, {});
    const [known] = reports;
    // Who calls a function in another file is known once the workspace was scanned.
    const calls = (known?.calls ?? []).filter(({ path }) => path === name);
    expect(calls.map(callAlone), `calls after edit ${edit}`).toEqual(scan.calls.map(callAlone));
    seen.compared++;
    seen.findings += expected.length;
    seen.calls += calls.length;
    seen.features += calls.filter(({ via }) => via.length > 0).length;
    if (edit >= PROJECT_FROM) {
      if (edit % PROJECT_EVERY === 0) await compareProjects(edit, text);
      return;
    }
    if (edit % COMMAND_EVERY !== 0) return;
    expect(shownByScan(commandReport(root, name, text, CLOCK)), `the command after edit ${edit}`).toEqual(expected);
    seen.commands++;
  }

  async function compareProjects(edit: number, text: string): Promise<void> {
    const fresh = freshScan(root, name, text);
    await expectScan(client, fresh, `after edit ${edit}`);
    const titles = fresh.fixTitles(name);
    expect(await edited.fixTitles(), `fixes after edit ${edit}`).toEqual(titles);
    seen.projects++;
    seen.fixes += titles.length;
  }

  async function changeNeighbour(turn: number): Promise<void> {
    const path = join(root, neighbour);
    const model = MODELS[turn % MODELS.length] ?? '';
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll(/gpt-[\w.-]+/g, model));
    await client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: uriOf(path), type: 2 }] });
    // What several files share is reported once, in one of them, which is known when all were looked at again.
    if (turn * NEIGHBOUR_EVERY >= PROJECT_FROM) await client.request(SCAN_WORKSPACE, {});
  }
});

test.concurrent.for(CALLED_ELSEWHERE)('$name, which others call', async (file, { onTestFinished }) => {
  const { name, language, comment, seed } = file;
  const root = mkdtempSync(join(tmpdir(), 'farthing-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  cpSync(FIXTURE, root, { recursive: true });
  const server = [...CLOCK.nodeArguments, join(DIST, 'lsp.cjs'), '--stdio'];
  const client = await startClient({ server, root, env: CLOCK.env });
  const random = createRandom(seed);
  const edited = await editFile(root, client, name, language);
  await client.request(SCAN_WORKSPACE, {});
  const seen = { compared: 0, features: 0, callers: 0 };

  for (let edit = 0; edit < EDITS_FROM_ELSEWHERE; edit += 2) {
    const before = edited.text();
    const breaking = breakingEdit(before, random);
    await edited.edit(breaking);
    if (edit % COMPARE_EVERY === 0) await compare(edit);
    await edited.edit(inverseOf(before, breaking));
    await edited.edit(soundEdit(before, comment, random));
    if ((edit + 1) % COMPARE_EVERY === 0) await compare(edit + 1);
  }
  await edited.close();
  expect(await client.stop()).toBe(0);
  expect(client.log).toEqual([]);
  expect(seen.features).toBeGreaterThan(seen.compared / 2);
  expect(seen.callers).toBeGreaterThan(seen.compared);

  /** The file itself at once, and everything that leads to it after a scan. */
  async function compare(edit: number): Promise<void> {
    await edited.shown();
    const fresh = freshScan(root, name, edited.saved());
    const { reports } = await client.request<ReportResult>(REPORT, {});
    const callsIn = (calls: readonly ReportCall[] = []) => calls.filter(({ path }) => path === name).map(callAlone);
    expect(callsIn(reports[0]?.calls), `calls after edit ${edit}`).toEqual(callsIn(fresh.report.calls));
    await expectScan(client, fresh, `after edit ${edit}`);
    seen.compared++;
    const features = fresh.report.calls.filter(({ via }) => via.length > 0);
    seen.features += features.filter(({ path }) => path === name).length;
    seen.callers += features.filter(({ path, via }) => path !== name && via.at(-1)?.path === name).length;
  }
});

/** A scan of a copy in which the edited file is saved. */
function freshScan(root: string, name: string, text: string): ProjectScan {
  const disk = mkdtempSync(join(tmpdir(), 'farthing-'));
  try {
    cpSync(root, disk, { recursive: true });
    writeFileSync(join(disk, name), text);
    return projectScan(disk);
  } finally {
    rmSync(disk, { recursive: true });
  }
}

/** Has the editor scan its workspace, and holds all that it knows against `fresh`. */
async function expectScan(client: LanguageClient, fresh: ProjectScan, when: string): Promise<void> {
  await client.request(SCAN_WORKSPACE, {});
  const { reports } = await client.request<ReportResult>(REPORT, {});
  const [known] = reports;
  for (const part of ['calls', 'diagnostics', 'problems'] as const) {
    expect(known?.[part], `${part} ${when}`).toEqual(fresh.report[part]);
  }
}

/** Whether a file's text, or a cell's, does not parse. */
function isBroken(name: string, text: string): boolean {
  const code = name.endsWith('.ipynb') ? joinSources([text], 'python').text : text;
  return frontendFor(name, 'python')?.lower(code, name).syntaxError !== null;
}

/** What the report says of one file. */
function reportAbout(name: string, report: Report): Report {
  const { calls, diagnostics } = report;
  return {
    ...report,
    calls: calls.filter(({ path }) => path === name),
    diagnostics: diagnostics.filter(({ path }) => path === name),
  };
}

/** Without what depends on which other files are in the report. */
function callAlone({ calledFrom: _, leadsTo, model, ...call }: ReportCall) {
  const alternatives = model.alternatives.filter(({ decidedBy }) => decidedBy !== 'caller');
  return { ...call, model: { ...model, alternatives }, leadsTo: leadsTo.map(({ call: _, ...end }) => end) };
}

/** Draws until what is drawn is of the wanted kind. */
function draw(once: () => Edit, isWanted: (edit: Edit) => boolean): Edit {
  for (;;) {
    const edit = once();
    if (isWanted(edit)) return edit;
  }
}
