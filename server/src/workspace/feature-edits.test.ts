/** Whatever is edited, a workspace that was scanned shows the feature calls that a scan of the same text would show. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { DEFAULT_CONFIG } from '@farthing/shared/config-defaults';
import type { Report } from '@farthing/shared/report';
import { expect, test } from 'vitest';
import { openWorkspace, scan } from '../analyzer.ts';
import { FORMS, PROVIDERS } from './feature-forms.ts';
import { makeTree } from './testing.ts';
import type { Workspace } from './workspace.ts';

const NOW = new Date('2026-11-22T00:00:00Z');
const PATHS = Object.keys(FORMS);

const setting = (root: string) => ({ root, config: DEFAULT_CONFIG, configFolder: root });
const scanned = (root: string, cache: { directory: string; build: string } | null = null): Report =>
  scan({ ...setting(root), paths: [root], cache, now: NOW }).report;

function opened(root: string): Workspace {
  const workspace = openWorkspace({ ...setting(root), now: () => NOW });
  for (const _ of workspace.scan());
  return workspace;
}

/** What is said of every file, each asked by itself, as an editor does. */
function said(workspace: Workspace, root: string): Pick<Report, 'calls' | 'diagnostics'> {
  for (const path of PATHS) {
    workspace.file(join(root, path));
    workspace.findings(join(root, path));
  }
  const { calls, diagnostics } = workspace.report();
  return { calls, diagnostics };
}

function expected(root: string): Pick<Report, 'calls' | 'diagnostics'> {
  const { calls, diagnostics } = scanned(root);
  return { calls, diagnostics };
}

test('feature calls of every form are found', () => {
  const { calls } = scanned(makeTree(FORMS));
  expect(calls.filter(({ via }) => via.length > 0).map(({ path, line }) => `${path}:${line}`)).toEqual([
    'by-base.ts:2',
    'by-callback.ts:3',
    'by-injection.ts:5',
    'by-interface.ts:2',
    'by-registry.ts:4',
    'by-wrapper.ts:2',
    'gemini.ts:9',
    'librarian.py:6',
    'provider/gemini_llm.py:13',
    'role.py:8',
  ]);
});

test.each(PATHS)('an edit of %s that changes nothing loses nothing, and neither does taking it back', (path) => {
  const root = makeTree(FORMS);
  const workspace = opened(root);
  const before = said(workspace, root);
  workspace.setOverlay(join(root, path), `${FORMS[path]}\n`);
  expect(said(workspace, root)).toEqual(before);
  workspace.setOverlay(join(root, path), null);
  expect(said(workspace, root)).toEqual(before);
});

test.each(PROVIDERS)('a limit in %s changes what is said of every call that leads to it', (path) => {
  const root = makeTree(FORMS);
  const workspace = opened(root);
  let before = said(workspace, root);
  for (const limit of ['7', '9000']) {
    const text = String(FORMS[path]).replace(/\b\d00\b/, limit);
    workspace.setOverlay(join(root, path), text);
    const shown = said(workspace, root);
    writeFileSync(join(root, path), text);
    expect(shown).toEqual(expected(root));
    const old = before.calls.map(({ tokens }) => tokens.output);
    const others = shown.calls.filter(({ tokens }, index) => !isDeepStrictEqual(tokens.output, old[index]));
    expect(others.length).toBeGreaterThan(1);
    before = shown;
  }
});

test('a scan that takes up what an earlier one stored knows where each call leads', () => {
  const root = makeTree(FORMS);
  const cache = { directory: join(makeTree({}), 'cache'), build: 'b' };
  scanned(root, cache);
  for (const path of PROVIDERS) {
    writeFileSync(join(root, path), String(FORMS[path]).replace(/\b\d00\b/, '7'));
    expect(scanned(root, cache).calls, path).toEqual(scanned(root).calls);
  }
});

test.each(PROVIDERS)('callers of %s do not vanish from lists and counts until they are looked at again', (path) => {
  const root = makeTree(FORMS);
  const workspace = opened(root);
  const before = said(workspace, root);
  const countsOf = () => {
    const requests = workspace.file(join(root, path)).calls.filter(({ via }) => via.length === 0);
    return requests.map((request) => workspace.known.featuresOf(request).length);
  };
  const counts = countsOf();
  expect(Math.max(...counts)).toBeGreaterThan(0);
  // Each request stands elsewhere now.
  const comment = path.endsWith('.py') ? '# moved' : '// moved';
  workspace.setOverlay(join(root, path), `${comment}\n${FORMS[path]}`);
  expect(countsOf()).toEqual(counts);
  const idsOf = ({ calls, diagnostics }: Pick<Report, 'calls' | 'diagnostics'>) => [
    calls.map(({ id }) => id).sort(),
    diagnostics.map(({ rule, path, call }) => `${rule} ${path} ${call}`).sort(),
  ];
  expect(idsOf(workspace.report())).toEqual(idsOf(before));
  for (const _ of workspace.scan(false));
  const { calls, diagnostics } = workspace.report();
  expect(idsOf({ calls, diagnostics })).toEqual(idsOf(before));
});

test.each(PROVIDERS)('%s makes no request for a moment, and then again', (path) => {
  const root = makeTree(FORMS);
  const workspace = opened(root);
  const before = said(workspace, root);
  const broken = String(FORMS[path]).replace('.create(', '.creat(');
  workspace.setOverlay(join(root, path), broken);
  const shown = said(workspace, root);
  expect(shown.calls.length).toBeLessThan(before.calls.length);
  writeFileSync(join(root, path), broken);
  expect(shown).toEqual(expected(root));
  workspace.setOverlay(join(root, path), String(FORMS[path]));
  // Who else calls it is looked for once typing has paused.
  for (const _ of workspace.scan(false));
  expect(said(workspace, root)).toEqual(before);
});

test.each(PROVIDERS)('%s is deleted, and created again', (path) => {
  const root = makeTree(FORMS);
  const workspace = opened(root);
  const before = said(workspace, root);
  rmSync(join(root, path));
  workspace.noteDiskChanges([{ path: join(root, path), kind: 'deleted' }]);
  expect(said(workspace, root)).toEqual(expected(root));
  writeFileSync(join(root, path), String(FORMS[path]));
  workspace.noteDiskChanges([{ path: join(root, path), kind: 'created' }]);
  for (const _ of workspace.scan());
  expect(said(workspace, root)).toEqual(before);
});
