/** The extension's own words in a VS Code that is set to Spanish (whose own words stay English: no language pack is there). */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packagePath } from '../../scripts/lib/pack-extension.ts';
import { installExtension } from '../../scripts/lib/workbench.ts';
import { takePicture } from './support/pictures.ts';
import { type EditorSession, startSession } from './support/session.ts';
import { openWorkbench } from './support/workbench-page.ts';

let session: EditorSession;
beforeAll(async () => {
  session = await startSession({}, (home) => installExtension(home, packagePath()));
  // What a language pack would say of itself.
  await session.page.addInitScript(() => Object.assign(globalThis, { _VSCODE_NLS_LANGUAGE: 'es' }));
});
afterAll(() => session?.end());

test('commands, the side bar before a scan and the report are Spanish', async () => {
  const folder = session.workspace('examples', 'examples');
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ dependencies: { openai: '^6' } }));
  writeFileSync(join(folder, 'CODEOWNERS'), '* @soporte\n');
  const workbench = await openWorkbench(session.page, session.url, folder);
  await session.page.locator('.activitybar [aria-label="Farthing"]').first().click();
  await session.page
    .locator('.tree-explorer-viewlet-tree-view .message', { hasText: 'Paquetes de LLM de este proyecto: openai' })
    .waitFor();
  await session.page.locator('.pane-body .monaco-list-row', { hasText: 'Analizar el espacio de trabajo' }).waitFor();
  await takePicture(session.page, 'first-run-spanish');
  await workbench.openFile('triage.ts');
  await workbench.lenses().first().waitFor();
  await workbench.runCommand('Farthing: Analizar el espacio de trabajo en busca de llamadas a LLM');
  await workbench.runCommand('Farthing: Abrir el informe de costes');
  const report = workbench.webview();
  await report.locator('h1', { hasText: 'Llamadas a LLM y lo que cuestan' }).waitFor();
  await report.locator('.chart h2', { hasText: 'Por modelo' }).waitFor();
  expect(await report.locator('thead th').allTextContents()).toContain('Coste');
  await report.locator('.chart h2', { hasText: 'Por responsable' }).waitFor();
  await takePicture(session.page, 'report-spanish');
});
