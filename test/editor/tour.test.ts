/** The moving picture of the README: a file is opened, a model is changed, its price is read, the report is opened. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import UPNG from 'upng-js';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { packagePath } from '../../scripts/lib/pack-extension.ts';
import { installExtension } from '../../scripts/lib/workbench.ts';
import { createMovingPicture } from './support/moving-picture.ts';
import { takePicture } from './support/pictures.ts';
import { type EditorSession, startSession } from './support/session.ts';
import { openWorkbench, type WorkbenchPage } from './support/workbench-page.ts';

/** A page that shows it loads as fast as others. */
const MAX_BYTES = 1_500_000;

let session: EditorSession;
let workbench: WorkbenchPage;

beforeAll(async () => {
  const settings = {
    'workbench.colorTheme': 'Dark Modern',
    'workbench.layoutControl.enabled': false,
    'git.enabled': true,
    'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' },
    'editor.suggestOnTriggerCharacters': false,
    'editor.minimap.enabled': false,
    'editor.fontSize': 13,
  };
  session = await startSession({ settings }, (home) => installExtension(home, packagePath()));
  const folder = session.workspace('examples', 'examples');
  const git = (...args: readonly string[]): void => {
    execFileSync('git', ['-C', folder, '-c', 'user.name=A', '-c', 'user.email=a@example.com', ...args]);
  };
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'Examples');
  await session.page.setViewportSize({ width: 960, height: 560 });
  workbench = await openWorkbench(session.page, session.url, folder);
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await takePicture(session.page, `failed ${task.name}`);
});
afterAll(() => session?.end());

test('a file, another model, its price, the report', async () => {
  const { page } = workbench;
  const picture = createMovingPicture(page, 'tour');
  const lenses = async (): Promise<string> => (await workbench.lenses().allTextContents()).join();
  await workbench.openFile('triage.ts');
  await page.keyboard.press('Control+B');
  await workbench.goTo(31, 26);
  await expect.poll(lenses).toMatch(/per 1,000 calls.*per 1,000 calls/);
  await picture.add(1800);
  for (let letter = 0; letter < 'astra'.length; letter++) await page.keyboard.press('Shift+ArrowRight');
  await picture.add(700);
  for (const letter of 'sol') {
    await page.keyboard.type(letter);
    await picture.add(150);
  }
  await expect.poll(lenses).toContain('since HEAD');
  await expect.poll(() => workbench.statusBar().textContent()).toContain('since HEAD');
  await picture.add(3000);
  await workbench.runCommand('Show or Focus Hover');
  await page.locator('.monaco-hover-content', { hasText: 'per million' }).first().waitFor();
  await picture.add(3000);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+S');
  await workbench.runCommand('Farthing: Scan Workspace for LLM Calls');
  await workbench.runCommand('Farthing: Open Cost Report');
  await expect.poll(() => workbench.webview().locator('.chart').count()).toBe(4);
  await picture.add(3500);

  const { path, bytes } = await picture.save();
  expect(bytes).toBeLessThan(MAX_BYTES);
  expect(UPNG.decode(Uint8Array.from(readFileSync(path)).buffer).frames).toHaveLength(8);
});
