/** `npm run editor`: a person who has nothing installed sees the extension at work, and Ctrl+C leaves nothing behind. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { root } from '../../scripts/lib/root.ts';
import { launchBrowser, openPage } from './support/browser.ts';
import { takePicture } from './support/pictures.ts';

let browser: Browser | null = null;
let child: ChildProcess | null = null;
afterAll(async () => {
  await browser?.close();
  child?.kill('SIGINT');
});

test('it prints an address, shows the examples with their costs, and ends with Ctrl+C', async () => {
  // As on a machine without a screen: the test opens the address itself.
  const { DISPLAY: _, WAYLAND_DISPLAY: __, ...env } = process.env;
  child = spawn(process.execPath, [join(root, 'scripts', 'editor.ts')], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<number | null>((resolve) => child?.once('exit', resolve));
  const url = await addressFrom(child);
  const folder = new URL(url).searchParams.get('folder') ?? '';
  expect(existsSync(join(folder, 'support-chat'))).toBe(true);

  browser = await launchBrowser();
  const page = await openPage(browser);
  await page.goto(url);
  await page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'review-worker' }).click();
  await page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'draft_reply.py' }).click();
  await page.locator('.codelens-decoration a').first().waitFor();
  await page.locator('.squiggly-error').first().waitFor();
  await page.locator('.activitybar [aria-label="Farthing"]').first().click();
  await page.locator('.pane-body .monaco-list-row').first().waitFor();
  await takePicture(page, 'try-out');
  await page.close();

  child.kill('SIGINT');
  expect(await ended).toBe(0);
  expect(existsSync(dirname(folder))).toBe(false);
  await expect(fetch(new URL(url).origin)).rejects.toThrow();
});

function addressFrom({ stdout }: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    stdout?.on('data', (data) => {
      said += data;
      const [address] = /http:\/\/127\.0\.0\.1:\S+/.exec(said) ?? [];
      if (address !== undefined) resolve(address);
    });
    stdout?.once('close', () => reject(new Error(`it ended without an address:\n${said}`)));
  });
}
