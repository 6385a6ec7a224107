/**
 * `npm run test:editor -- --electron`: the extension's suites in a VS Code for the desktop, which is downloaded first. For
 * machines that can reach Microsoft's servers; everywhere else the same suites run in code-server.
 */
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { root } from '../../scripts/lib/root.ts';
import { createFixture } from './support/fixture.ts';
import { buildSuite } from './support/suite-bundle.ts';

const fixture = createFixture();
try {
  const vscodeExecutablePath = await downloadAndUnzipVSCode({
    version: 'stable',
    timeout: 60_000,
    cachePath: join(root, 'test/editor/dist/vscode'),
  });
  const first = fixture.workspace('test/fixtures/editor/workspace', 'workspace');
  const second = fixture.workspace('test/fixtures/editor/second', 'second');
  const both = join(dirname(first), 'both.code-workspace');
  writeFileSync(both, JSON.stringify({ folders: [{ path: first }, { path: second }] }));
  for (const [suite, workspace] of [
    ['index', first],
    ['multi-root', both],
  ] as const) {
    await runTests({
      vscodeExecutablePath,
      extensionDevelopmentPath: root,
      extensionTestsPath: await buildSuite(suite),
      launchArgs: [workspace, '--disable-workspace-trust', `--user-data-dir=${fixture.home}`],
    });
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
} finally {
  fixture.remove();
}
