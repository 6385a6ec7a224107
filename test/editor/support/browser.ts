/** The browser in which the workbench is drawn. */
import { type Browser, chromium, type Page } from 'playwright-core';
import { findChromium } from '../../../scripts/lib/chromium.ts';

/** Nothing that a browser does by itself beside the page. */
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export async function launchBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error('No chromium was found: npm run test:editor says how to get one.');
  return chromium.launch({ executablePath, args: FLAGS });
}

/** A window of the size of the pictures. */
export async function openPage(browser: Browser, locale = 'en-US'): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale });
  // Ends what hangs; a loaded machine draws an editor slowly.
  context.setDefaultTimeout(120_000);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  return context.newPage();
}
