/**
 * `npm run test:editor [-- FILTER ...]`: the extension in a real VS Code. Installs what that needs on first use (chromium
 * by apt where it may, code-server by npm), checks the tests' own types, builds and packs the extension, and runs it.
 * With `--electron` its suites run in a VS Code for the desktop instead, on machines that can download one.
 */
import { buildBundles } from './lib/bundle.ts';
import { installChromium } from './lib/chromium.ts';
import { packExtension } from './lib/pack-extension.ts';
import { run } from './lib/run.ts';
import { installWorkbench } from './lib/workbench.ts';

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
  : run('vitest', ['run', '--config', 'test/editor/vitest.config.ts', ...args]);
process.exit(isPassed ? 0 : 1);
