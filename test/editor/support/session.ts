/** A workbench with a window, for a test file; everything of it ends with the file. */
import type { Browser, Page } from 'playwright-core';
import { startWorkbench, type Workbench, type WorkbenchOptions } from '../../../scripts/lib/workbench.ts';
import { launchBrowser, openPage } from './browser.ts';
import { createFixture, type Fixture } from './fixture.ts';

export interface EditorSession extends Fixture {
  readonly url: string;
  readonly page: Page;
  readonly end: () => Promise<void>;
}

/** @param prepare runs before the workbench starts: installs an extension, for example */
export async function startSession(
  options: Omit<WorkbenchOptions, 'home'> & { readonly locale?: string } = {},
  prepare: (home: string) => void = () => {},
): Promise<EditorSession> {
  const fixture = createFixture();
  let workbench: Workbench | null = null;
  let browser: Browser | null = null;
  const end = async (): Promise<void> => {
    await browser?.close();
    await workbench?.stop();
    fixture.remove();
  };
  try {
    prepare(fixture.home);
    workbench = await startWorkbench({ ...options, home: fixture.home, isTest: true });
    browser = await launchBrowser();
    return { ...fixture, url: workbench.url, page: await openPage(browser, options.locale), end };
  } catch (error) {
    await end();
    throw error;
  }
}
