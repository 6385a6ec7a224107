/**
 * What a person sees and does: the packed extension, installed into a clean VS Code, in a browser. A call is typed, its
 * cost and its finding are read, its fix is applied and saved, and the report is opened.
 */
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { packagePath } from '../../scripts/lib/pack-extension.ts';
import { root } from '../../scripts/lib/root.ts';
import { installExtension } from '../../scripts/lib/workbench.ts';
import { violationsIn } from './support/axe.ts';
import { takePicture } from './support/pictures.ts';
import { type EditorSession, startSession } from './support/session.ts';
import { openWorkbench, type WorkbenchPage } from './support/workbench-page.ts';

const TYPED = 'support-chat/src/translate.ts';
const CALL = `export const translated = await client.chat.completions.create({
  model: 'gpt-6-sol',
  messages: [{ role: 'user', content: 'Translate into French: Good morning' }],
});
`;

let session: EditorSession;
let workbench: WorkbenchPage;
let folder = '';

beforeAll(async () => {
  // What is typed is what stands there: nothing is completed by itself.
  const settings = {
    'workbench.colorTheme': 'Dark Modern',
    'editor.autoClosingBrackets': 'never',
    'editor.autoClosingQuotes': 'never',
    'editor.autoIndent': 'none',
    'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' },
    'editor.suggestOnTriggerCharacters': false,
    'editor.minimap.enabled': false,
  };
  session = await startSession({ settings }, (home) => installExtension(home, packagePath()));
  folder = session.workspace('examples', 'examples');
  copyFileSync(join(root, 'test/fixtures/editor/typed/translate.ts'), join(folder, TYPED));
  workbench = await openWorkbench(session.page, session.url, folder);
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await takePicture(session.page, `failed ${task.name}`);
  // Nothing that a test left open covers what the next one needs.
  for (let press = 0; press < 3; press++) await session.page.keyboard.press('Escape');
});
afterAll(async () => {
  await session?.end();
});

test('a call that is typed gets its cost above it and a line under what is wrong with it', async () => {
  const { page } = workbench;
  await workbench.openFile('translate.ts');
  await page.keyboard.press('Control+End');
  await page.keyboard.type(CALL, { delay: 5 });
  await workbench.lenses().first().waitFor();
  await workbench.squiggles('warning').or(workbench.squiggles('info')).first().waitFor();
  expect(await workbench.lenses().allTextContents()).toEqual([
    expect.stringMatching(
      /^~\$[\d.]+ per 1,000 calls \(\$[\d.]+ to \$[\d.]+\), assumed\s\|\s.* in\s\|\s.* out\s\|\s\d findings?$/,
    ),
  ]);
  await takePicture(page, 'lens-and-squiggle');
});

test('the status bar sums the file up', async () => {
  await workbench.statusBar().waitFor();
  expect(await workbench.statusBar().textContent()).toMatch(/~\$[\d.]+ per 1,000 calls/);
});

test('resting on the model shows its price and other ways to make the call', async () => {
  const { page } = workbench;
  await workbench.goTo(6, 15);
  await workbench.runCommand('Show or Focus Hover');
  const hover = page.locator('.monaco-hover-content', { hasText: 'per million' }).first();
  await hover.waitFor();
  expect(await hover.textContent()).toMatch(/as it is.*as a batch/s);
  await takePicture(page, 'hover');
  await page.keyboard.press('Escape');
});

test('the fix is offered first, is applied by one key, and is in the file when it is saved', async () => {
  const { page } = workbench;
  await workbench.goTo(5, 50);
  await page.keyboard.press('Control+.');
  const menu = page.locator('.action-widget');
  await menu.locator('.monaco-list-row.action').first().waitFor();
  expect(await menu.locator('.monaco-list-row.action').first().textContent()).toMatch(/max_completion_tokens/);
  await takePicture(page, 'code-actions');
  await page.keyboard.press('Enter');
  await page.locator('.view-line', { hasText: 'max_completion_tokens' }).waitFor();
  await page.keyboard.press('Control+S');
  await page.locator('.tab.active:not(.dirty)').waitFor();
  await expect.poll(() => readFileSync(join(folder, TYPED), 'utf8')).toMatch(/^ {2}max_completion_tokens: [\d_]+,$/m);
  await expect.poll(() => workbench.squiggles('info').count()).toBe(0);
});

test('the side bar lists all calls after a scan, the most expensive first', async () => {
  const { page } = workbench;
  await page.locator('.activitybar [aria-label="Farthing"]').first().click();
  await page.locator('.pane-body .monaco-list-row').first().waitFor();
  await workbench.runCommand('Farthing: Scan Workspace for LLM Calls');
  await expect.poll(() => page.locator('.pane-body .monaco-list-row').count()).toBeGreaterThan(10);
  await workbench.openFile('triage.ts');
  await workbench.lenses().first().waitFor();
  // The two calls of one function stand together.
  await page.locator('.pane-body .monaco-list-row', { hasText: /^withinBudget.*2 calls/ }).waitFor();
  await takePicture(page, 'tree');
});

test('the findings are listed by rule, with what they save; a filter limits both lists', async () => {
  const { page } = workbench;
  const pane = (name: string) => page.locator('.pane', { has: page.locator(`.pane-header[aria-label^="${name}"]`) });
  const rules = pane('Findings').locator('.monaco-list-row');
  await rules.first().waitFor();
  const rule = rules.filter({ hasText: 'uncached-static-prompt' });
  await rule.waitFor();
  expect(await rule.textContent()).toMatch(/~?\$[\d.]+ per (call|1,000 calls).*1 finding/);
  await rule.hover();
  await rule.locator('[aria-label="Fix All of This Rule"]').waitFor();
  await rule.click();
  await rules.filter({ hasText: 'answer.ts' }).waitFor();
  await takePicture(page, 'findings');
  await pane('Findings').hover();
  await pane('Findings').locator('[aria-label="Filter Calls and Findings"]').click();
  await page.locator('.quick-input-widget input').first().waitFor({ state: 'visible' });
  await page.keyboard.type('triage');
  await page.keyboard.press('Enter');
  await expect.poll(() => pane('LLM').locator('.monaco-list-row').count()).toBe(2);
  await takePicture(page, 'filtered');
  await pane('Findings').hover();
  await pane('Findings').locator('[aria-label="Show All Calls and Findings"]').click();
  await expect.poll(() => pane('LLM').locator('.monaco-list-row').count()).toBeGreaterThan(5);
});

test("a call of the project's own function has its cost, and the request behind it that of its callers", async () => {
  const { page } = workbench;
  await workbench.openFile('worker.ts');
  await expect
    .poll(() => workbench.lenses().allTextContents())
    .toEqual([
      expect.stringMatching(
        /^~\$[\d.]+ per 1,000 calls \(\$[\d.]+ to \$[\d.]+\), assumed, via withinBudget\s\|\s.* in\s\|\sup to 10 out\s\|\s1 finding$/,
      ),
      expect.stringMatching(
        /^~\$[\d.]+ per 1,000 calls \(\$[\d.]+ to \$[\d.]+\), assumed, via withinBudget\s\|\s.* in\s\|\sup to 250 out$/,
      ),
      expect.stringMatching(/^\d+ callers, \$[\d.]+ to \$[\d.]+ per 1,000 calls\s\|\s.* in\s\|\s.* out$/),
    ]);
  // The tooltip of the side bar's icon is gone.
  await page.mouse.move(800, 600);
  await page.locator('.workbench-hover').first().waitFor({ state: 'hidden' });
  await takePicture(page, 'feature-calls');
});

for (const [theme, name] of [
  ['Dark Modern', 'dark'],
  ['Light Modern', 'light'],
  ['Dark High Contrast', 'high-contrast'],
] as const) {
  test(`the report has charts and a table that jumps to the code: ${name}`, async () => {
    const { page } = workbench;
    await workbench.useTheme(theme);
    await workbench.runCommand('Farthing: Open Cost Report');
    const report = workbench.webview();
    await report.locator('h1').waitFor();
    await expect.poll(() => report.locator('.chart').count()).toBe(4);
    await takePicture(page, `report-${name}`);
    await report.locator('table').first().scrollIntoViewIfNeeded();
    await report
      .locator('caption')
      .first()
      .evaluate((caption) => caption.scrollIntoView());
    await takePicture(page, `report-table-${name}`);
    await report.locator('h1').scrollIntoViewIfNeeded();
    expect(await violationsIn(report)).toEqual([]);
    for (const width of [760, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      await report.locator('h1').scrollIntoViewIfNeeded();
      await takePicture(page, `report-${name}-${width}`);
      const [shown = 0, whole = 0] = await report
        .locator('html')
        .evaluate(({ clientWidth, scrollWidth }) => [clientWidth, scrollWidth]);
      expect(whole).toBeLessThanOrEqual(shown);
    }
    await page.setViewportSize({ width: 1280, height: 800 });
  });
}

test('the table sorts by a column, and a place in it opens the code', async () => {
  const { page } = workbench;
  const report = workbench.webview();
  const places = report.locator('table.calls tbody th button');
  await report.locator('th.place button').first().click();
  await expect.poll(() => report.locator('th.place').first().getAttribute('aria-sort')).toBe('ascending');
  const first = (await places.first().textContent()) ?? '';
  await report.locator('th.place button').first().click();
  await expect.poll(() => report.locator('th.place').first().getAttribute('aria-sort')).toBe('descending');
  expect(await places.last().textContent()).toBe(first);
  await report.locator('input[type=search]').fill('triage');
  await expect.poll(() => places.count()).toBe(2);
  await places.first().press('Enter');
  await page.locator('.tab.active[data-resource-name="triage.ts"]').waitFor();
});

test('what is typed into the filter keeps its caret while the page is drawn again', async () => {
  const { page } = workbench;
  await workbench.runCommand('Farthing: Open Cost Report');
  const filter = workbench.webview().locator('input[type=search]');
  await filter.fill('tiage');
  await filter.press('Home');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.type('r');
  await expect.poll(() => filter.inputValue()).toBe('triage');
  expect(await filter.evaluate((input) => Reflect.get(input, 'selectionStart'))).toBe(2);
  await filter.fill('');
});

test('the keyboard alone reaches a bar, limits the tables by it, and shows all again', async () => {
  const { page } = workbench;
  const report = workbench.webview();
  const calls = report.locator('table.calls tbody tr');
  const all = await calls.count();
  const focused = report.locator('.chart.rule .bar:focus', { hasText: 'oversized-model' });
  await report.locator('header button').last().focus();
  for (let press = 0; press < 60 && (await focused.count()) === 0; press++) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect.poll(() => calls.count()).toBeLessThan(all);
  expect(await focused.getAttribute('aria-pressed')).toBe('true');
  await page.keyboard.press('Space');
  await expect.poll(() => calls.count()).toBe(all);
});

test('a bar limits both tables to its group until it is removed', async () => {
  const report = workbench.webview();
  const calls = report.locator('table.calls tbody tr');
  const all = await calls.count();
  const bar = report.locator('.chart.rule .bar', { hasText: 'oversized-model' });
  await bar.click();
  await expect.poll(() => bar.getAttribute('aria-pressed')).toBe('true');
  const some = await calls.count();
  expect(some).toBeGreaterThan(0);
  expect(some).toBeLessThan(all);
  expect(await report.locator('table.findings tr.rule code').allTextContents()).toEqual(['oversized-model']);
  await takePicture(workbench.page, 'report-filtered');
  await report.locator('.chip').click();
  await expect.poll(() => calls.count()).toBe(all);
});

test('all findings of a rule are fixed at once, after a question where answers may change', async () => {
  const { page } = workbench;
  const report = workbench.webview();
  await report.locator('tr.rule button', { hasText: 'Fix all of uncached-static-prompt' }).click();
  const dialog = page.locator('.monaco-dialog-box');
  await dialog.getByText('Fix 1 finding of uncached-static-prompt in 1 file?').waitFor();
  await takePicture(page, 'fix-all');
  await dialog.getByRole('button', { name: 'Fix all' }).click();
  await expect
    .poll(() => readFileSync(join(folder, 'support-chat/src/answer.ts'), 'utf8'))
    .toContain("cache_control: { type: 'ephemeral' }");
});
