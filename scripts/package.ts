/**
 * `npm run package`: builds the extension and packs it as `dist/farthing-VERSION.vsix`, one file for all platforms. What
 * goes in is named in `.vscodeignore`.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { buildBundles } from './lib/bundle.ts';
import { installApart } from './lib/install-apart.ts';
import { root } from './lib/root.ts';

/** Larger than this, an extension takes noticeably long to install. */
const MOST_BYTES = 8 * 1024 * 1024;

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const tool = installApart('scripts/vsix', '@vscode/vsce/vsce');
await buildBundles();
const output = join(root, 'dist', `farthing-${version}.vsix`);
mkdirSync(join(root, 'dist'), { recursive: true });
const options = [
  'package',
  '--out',
  output,
  // Everything that runs is bundled, and nothing of the workspace's packages is looked at.
  '--no-dependencies',
  '--allow-missing-repository',
  '--no-rewrite-relative-links',
];
const packed = spawnSync(process.execPath, [tool, ...options], { cwd: root, encoding: 'utf8' });
if (packed.status !== 0) {
  process.stderr.write(`${packed.stdout}${packed.stderr}`);
  process.exit(1);
}
const { size } = statSync(output);
const megabytes = (size / (1024 * 1024)).toFixed(1);
if (size > MOST_BYTES) {
  process.stderr.write(`${output} has ${megabytes} MB, and at most 8 are allowed: see what .vscodeignore lets in.\n`);
  process.exit(1);
}
process.stdout.write(`${output} (${megabytes} MB)\nInstall it with: code --install-extension ${output}\n`);
