/** A workspace whose authors are not trusted: everything is shown, and nothing of it is run or written. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packagePath } from '../../scripts/lib/pack-extension.ts';
import { installExtension } from '../../scripts/lib/workbench.ts';
import { takePicture } from './support/pictures.ts';
import { type EditorSession, startSession } from './support/session.ts';
import { openWorkbench } from './support/workbench-page.ts';

let session: EditorSession;
beforeAll(async () => {
  session = await startSession({ isRestricted: true }, (home) => installExtension(home, packagePath()));
});
afterAll(() => session?.end());

test('a restricted workspace has lenses and findings, and is only read', async () => {
  const { page, url } = session;
  const folder = session.workspace('test/fixtures/editor/workspace', 'workspace');
  const contents = (): readonly string[] =>
    globSync('**/*.*', { cwd: folder })
      .toSorted()
      .map((path) => `${path}\n${readFileSync(join(folder, path), 'utf8')}`);
  const before = contents();
  const workbench = await openWorkbench(page, url, folder);
  await page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor();
  await workbench.openFile('answer.ts');
  await workbench.lenses().first().waitFor();
  await workbench.squiggles('warning').first().waitFor();
  await workbench.runCommand('Farthing: Scan Workspace for LLM Calls');
  await page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'jobs' }).waitFor();
  await page.locator('#status\\.problems', { hasText: '1' }).waitFor();
  await takePicture(page, 'restricted');
  expect(contents()).toEqual(before);
});
