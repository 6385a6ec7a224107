/**
 * `npm run test:editor [-- FILTER ...]`: the extension in a real VS Code. Installs what that needs on first use (chromium
 * by apt where it may, code-server by npm), checks the tests' own types, builds and packs the extension, and runs it.
 */
import { buildBundles } from './lib/bundle.ts';
import { installChromium } from './lib/chromium.ts';
import { packExtension } from './lib/pack-extension.ts';
import { run } from './lib/run.ts';
import { installWorkbench } from './lib/workbench.ts';

if (installChromium() === null) {
  process.stderr.write(
    'The editor tests need a browser: install chromium or Chrome, or name one with FARTHING_CHROMIUM.\n',
  );
  process.exit(2);
}
installWorkbench();
await buildBundles();
packExtension();
const isPassed =
  run('tsc', ['-p', 'test/editor']) &&
  run('vitest', ['run', '--config', 'test/editor/vitest.config.ts', ...process.argv.slice(2)]);
process.exit(isPassed ? 0 : 1);
