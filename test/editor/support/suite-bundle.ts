/** Builds the suites for the extension host, which loads CommonJS alone. */
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from '../../../scripts/lib/root.ts';

/** Returns the file to name as `extensionTestsPath`. */
export async function buildSuite(name: 'index' | 'multi-root'): Promise<string> {
  const outfile = join(root, 'test', 'editor', 'dist', `${name}.cjs`);
  await build({
    absWorkingDir: root,
    entryPoints: [`test/editor/suite/${name}.ts`],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
  return outfile;
}
