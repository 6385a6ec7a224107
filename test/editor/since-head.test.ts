/** What an edit costs, as it is typed: in the lens, in the gutter, in the status bar, and in the message of the commit. */
import { execFileSync } from 'node:child_process';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { packagePath } from '../../scripts/lib/pack-extension.ts';
import { installExtension } from '../../scripts/lib/workbench.ts';
import { takePicture } from './support/pictures.ts';
import { type EditorSession, startSession } from './support/session.ts';
import { openWorkbench, type WorkbenchPage } from './support/workbench-page.ts';

let session: EditorSession;
let workbench: WorkbenchPage;

beforeAll(async () => {
  const settings = {
    'workbench.colorTheme': 'Dark Modern',
    'git.enabled': true,
    'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' },
    'editor.suggestOnTriggerCharacters': false,
    'editor.minimap.enabled': false,
  };
  session = await startSession({ settings }, (home) => installExtension(home, packagePath()));
  const folder = session.workspace('examples', 'examples');
  const git = (...args: readonly string[]): void => {
    execFileSync('git', ['-C', folder, '-c', 'user.name=A', '-c', 'user.email=a@example.com', ...args]);
  };
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'Examples');
  workbench = await openWorkbench(session.page, session.url, folder);
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await takePicture(session.page, `failed ${task.name}`);
});
afterAll(() => session?.end());

test('another model is typed: the call says what it did cost and what it costs, and has a mark', async () => {
  const { page } = workbench;
  await workbench.openFile('triage.ts');
  await workbench.lenses().first().waitFor();
  expect((await workbench.lenses().allTextContents()).join()).not.toContain('HEAD');
  await page.keyboard.press('Control+H');
  await page.keyboard.type(MODEL.before);
  await page.keyboard.press('Tab');
  await page.keyboard.type(MODEL.now);
  await page.keyboard.press('Control+Alt+Enter');
  await page.keyboard.press('Escape');
  await expect
    .poll(async () => (await workbench.lenses().allTextContents()).join())
    .toMatch(/~?\$[\d.]+ -> ~?\$[\d.]+ \((?:[+-]\d+%|\d+ times as much)\) since HEAD/);
  await expect.poll(() => page.locator('.glyph-margin-widgets .cgmr[class*=TextEditorDecorationType]').count()).toBe(1);
  await expect.poll(() => workbench.statusBar().textContent()).toMatch(/ -> .* since HEAD/);
  for (const [theme, name] of THEMES) {
    await workbench.useTheme(theme);
    await takePicture(page, `since-head-${name}`);
  }
});

test('the message of the commit gets a line about it', async () => {
  const { page } = workbench;
  await page.keyboard.press('Control+S');
  await workbench.runCommand('Farthing: Add the Cost of This Change to the Commit Message');
  const message = page.locator('.scm-editor .view-lines');
  await expect
    .poll(async () => (await message.textContent())?.replaceAll('\u00a0', ' '))
    .toMatch(/^LLM cost: ~?\$[\d.]+ -> ~?\$[\d.]+ per (call|1,000 calls) \(.*\), 1 call changed$/);
  await takePicture(page, 'commit-line');
});

const MODEL = { before: 'gpt-6-astra', now: 'gpt-6-sol' };
const THEMES = [
  ['Light Modern', 'light'],
  ['Dark High Contrast', 'high-contrast'],
  ['Dark Modern', 'dark'],
] as const;
