/**
 * `npm run test:editor [-- FILTER ...]`: the extension in a real VS Code. Installs what that needs on first use (chromium
 * by apt where it may, code-server by npm), checks the tests' own types, builds and packs the extension, and runs it.
 * With `--update-pictures` the pictures in the documents are renewed by what the tests saw. With `--electron` the suites run in a VS Code for the desktop instead, on machines that can download one.
 */
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildBundles } from './lib/bundle.ts';
import { installChromium } from './lib/chromium.ts';
import { packExtension } from './lib/pack-extension.ts';
import { root } from './lib/root.ts';
import { run } from './lib/run.ts';
import { installWorkbench } from './lib/workbench.ts';

const UPDATE = '--update-pictures';
const args = process.argv.slice(2);
const isElectron = args.includes('--electron');
if (!isElectron && installChromium() === null) {
  process.stderr.write(
    'The editor tests need a browser: install chromium or Chrome, or name one with FARTHING_CHROMIUM.\n',
  );
  process.exit(2);
}
installWorkbench();
await buildBundles();
const hasRightTypes = run('tsc', ['-p', 'test/editor']);
if (!hasRightTypes) process.exit(1);
if (!isElectron) packExtension();
const isPassed = isElectron
  ? run(process.execPath, ['test/editor/electron.ts'])
  : run('vitest', ['run', '--config', 'test/editor/vitest.config.ts', ...args.filter((arg) => arg !== UPDATE)]);
if (isPassed && args.includes(UPDATE)) updatePictures();
process.exit(isPassed ? 0 : 1);

function updatePictures(): void {
  const documents = ['README.md', 'docs/extension-tour.md']
    .map((path) => readFileSync(join(root, path), 'utf8'))
    .join('\n');
  const folder = join(root, 'docs', 'images');
  mkdirSync(folder, { recursive: true });
  for (const [, name = ''] of documents.matchAll(/images\/([\w-]+\.png)/g)) {
    copyFileSync(join(root, 'test/editor/dist/pictures', name), join(folder, name));
  }
}
