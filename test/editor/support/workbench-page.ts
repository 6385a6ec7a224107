/** The workbench as a person uses it: by keys, and by what can be seen. */
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { workbenchUrl } from '../../../scripts/lib/workbench.ts';

export interface WorkbenchPage {
  readonly page: Page;
  readonly openFile: (name: string) => Promise<void>;
  /** By its title in the command palette. */
  readonly runCommand: (title: string) => Promise<void>;
  /** By its name in the list of themes. */
  readonly useTheme: (name: string) => Promise<void>;
  readonly goTo: (line: number, column: number) => Promise<void>;
  /** Lines of lenses in the active editor: their parts, with ` | ` in no-break spaces between them. */
  readonly lenses: () => Locator;
  readonly squiggles: (severity: 'error' | 'warning' | 'info') => Locator;
  /** The page inside the webview of the tab that is shown. */
  readonly webview: () => FrameLocator;
  readonly statusBar: () => Locator;
}

/** Opens a folder and waits until the workbench takes keys. */
export async function openWorkbench(page: Page, url: string, folder: string): Promise<WorkbenchPage> {
  await page.goto(workbenchUrl(url, folder));
  await page.locator('.monaco-workbench .explorer-folders-view .monaco-list-row').first().waitFor();

  const quickInput = page.locator('.quick-input-widget');
  const choose = async (text: string): Promise<void> => {
    await quickInput.locator('input').first().waitFor({ state: 'visible' });
    await page.keyboard.type(text);
    await quickInput.locator('.monaco-list-row.focused', { hasText: text }).first().waitFor();
    await page.keyboard.press('Enter');
  };
  const pick = async (key: string, text: string): Promise<void> => {
    await page.keyboard.press(key);
    await choose(text);
    await quickInput.waitFor({ state: 'hidden' });
  };
  return {
    page,
    openFile: async (name) => {
      await pick('Control+P', name);
      await page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
      await page.locator('.monaco-editor .view-line').first().waitFor();
    },
    runCommand: (title) => pick('F1', title),
    useTheme: async (name) => {
      await page.keyboard.press('Control+K');
      await page.keyboard.press('Control+T');
      await quickInput.locator('input[placeholder*="Theme"]').waitFor();
      await choose(name);
      await quickInput.waitFor({ state: 'hidden' });
      // A loaded machine draws it later.
      await page.locator(`.monaco-workbench.${classOf(name)}`).waitFor();
    },
    goTo: async (line, column) => {
      await page.keyboard.press('Control+G');
      await quickInput.locator('input').first().waitFor({ state: 'visible' });
      await page.keyboard.type(`${line}:${column}`);
      await page.keyboard.press('Enter');
      await quickInput.waitFor({ state: 'hidden' });
    },
    lenses: () => page.locator('.editor-group-container.active .codelens-decoration'),
    squiggles: (severity) => page.locator(`.editor-group-container.active .squiggly-${severity}`),
    webview: () => page.frameLocator('iframe.webview.ready').frameLocator('#active-frame'),
    statusBar: () => page.locator('[id="farthing.farthing-vscode.farthing.status"]'),
  };
}

/** What the workbench is marked with under a theme. */
function classOf(theme: string): string {
  if (theme.includes('High Contrast')) return theme.includes('Light') ? 'hc-light' : 'hc-black';
  return theme.startsWith('Dark') ? 'vs-dark' : 'vs';
}
