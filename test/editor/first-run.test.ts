/** A folder that is opened for the first time: what the side bar says before a scan, and the offer of one, made once. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { packagePath } from '../../scripts/lib/pack-extension.ts';
import { installExtension } from '../../scripts/lib/workbench.ts';
import { takePicture } from './support/pictures.ts';
import { type EditorSession, startSession } from './support/session.ts';
import { openWorkbench, type WorkbenchPage } from './support/workbench-page.ts';

let session: EditorSession;
let workbench: WorkbenchPage;
let folder = '';

beforeAll(async () => {
  session = await startSession({}, (home) => installExtension(home, packagePath()));
  folder = session.workspace('examples', 'examples');
  const dependencies = { openai: '^6', ai: '^6', langbase: '1' };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ dependencies }));
  workbench = await openWorkbench(session.page, session.url, folder);
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await takePicture(session.page, `failed ${task.name}`);
});
afterAll(() => session?.end());

const pane = () => session.page.locator('.pane', { has: session.page.locator('.pane-header[aria-label^="LLM"]') });
const message = () => pane().locator('.tree-explorer-viewlet-tree-view .message');
const offers = () => session.page.locator('.notifications-center .notification-list-item', { hasText: 'Farthing' });

test('the side bar says which packages were seen, and how many calls are open; the keyboard reaches the scan', async () => {
  const { page } = workbench;
  await page.locator('.activitybar [aria-label="Farthing"]').first().click();
  await expect
    .poll(() => message().textContent())
    .toMatch(/^No calls in open files\. LLM packages of this project: openai, ai, .*, and \d more\./);
  expect(await message().textContent()).toContain('Calls of langbase are not found');
  for (const [theme, name] of THEMES) {
    await workbench.useTheme(theme);
    await takePicture(page, `first-run-${name}`);
  }
  await workbench.openFile('triage.ts');
  await workbench.lenses().first().waitFor();
  await expect.poll(() => message().textContent()).toMatch(/^2 calls in open files\./);
});

test('a scan is offered, once', async () => {
  const { page } = workbench;
  await workbench.runCommand('Notifications: Show Notifications');
  await offers().first().waitFor();
  expect(await offers().allTextContents()).toEqual([expect.stringContaining('this project uses')]);
  await takePicture(page, 'scan-offer');
  // The same folder is opened again.
  workbench = await openWorkbench(page, session.url, folder);
  await page.locator('.activitybar [aria-label="Farthing"]').first().click();
  await expect.poll(() => message().textContent()).toMatch(/openai/);
  await workbench.runCommand('Notifications: Show Notifications');
  expect(await offers().count()).toBe(0);
});

test('Enter on the last row scans, and then the list is whole', async () => {
  const { page } = workbench;
  await page.keyboard.press('Escape');
  await pane().locator('.monaco-list-row', { hasText: 'Scan the workspace' }).waitFor();
  await workbench.runCommand('Farthing: Focus on LLM Calls View');
  await page.keyboard.press('End');
  await page.locator('.pane-body .monaco-list-row.focused', { hasText: 'Scan the workspace' }).waitFor();
  await page.keyboard.press('Enter');
  await expect.poll(() => pane().locator('.monaco-list-row').count()).toBeGreaterThan(5);
  await expect.poll(() => message().isVisible()).toBe(false);
});

const THEMES = [
  ['Light Modern', 'light'],
  ['Dark High Contrast', 'high-contrast'],
  ['Dark Modern', 'dark'],
] as const;
