/** Pictures of what a test saw. The ones that README.md shows are renewed by `npm run test:editor -- --update-pictures`. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { root } from '../../../scripts/lib/root.ts';

const FOLDER = join(root, 'test/editor/dist/pictures');

/** Without the caret's blinking and with nothing that moves; resolves to the file. */
export async function takePicture(page: Page, name: string): Promise<string> {
  mkdirSync(FOLDER, { recursive: true });
  const path = join(FOLDER, `${name}.png`);
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
  return path;
}
