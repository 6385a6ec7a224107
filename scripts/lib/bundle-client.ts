/**
 * Builds the VS Code extension's own process into `client/dist`, and the page of its report: `extension.cjs`, and
 * `report.js` with `report.css`, which run in a browser.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { licenseText } from './licenses.ts';
import { root } from './root.ts';
import { isUpToDate, stampOf } from './stamp.ts';

const dist = join(root, 'client', 'dist');
const SOURCES = ['client/src', 'client/webview', 'server/src/lsp/protocol.ts', 'package-lock.json', 'scripts/lib'];
const OUTPUTS = ['extension.cjs', 'report.js', 'report.css'].map((name) => join(dist, name));

const common: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
};

/** Builds unless nothing has changed since the last time; answers whether it did. */
export async function buildClient(isForced: boolean): Promise<boolean> {
  const stamp = stampOf(root, SOURCES);
  const stampFile = join(dist, '.client.stamp');
  if (!isForced && isUpToDate(stampFile, stamp, OUTPUTS)) return false;
  mkdirSync(dist, { recursive: true });
  const extension = await build({
    ...common,
    entryPoints: ['client/src/extension.ts'],
    outfile: join(dist, 'extension.cjs'),
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    conditions: ['farthing-source'],
    mainFields: ['module', 'main'],
    external: ['vscode'],
  });
  await build({
    ...common,
    entryPoints: ['client/webview/report.ts', 'client/webview/report.css'],
    outdir: dist,
    platform: 'browser',
    target: 'es2023',
    format: 'iife',
  });
  writeFileSync(join(dist, 'THIRD-PARTY-LICENSES.txt'), licenseText(Object.keys(extension.metafile?.inputs ?? {})));
  writeFileSync(stampFile, stamp);
  return true;
}
