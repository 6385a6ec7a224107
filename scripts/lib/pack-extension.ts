/** Packs the built extension as one `.vsix` for all platforms. What goes in is named in `.vscodeignore`. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { installApart } from './install-apart.ts';
import { root } from './root.ts';

/** Larger than this, an extension takes noticeably long to install. */
const MAX_BYTES = 8 * 1024 * 1024;
const OPTIONS = [
  // Everything that runs is bundled, and nothing of the workspace's packages is looked at.
  '--no-dependencies',
  '--allow-missing-repository',
  '--no-rewrite-relative-links',
  '--readme-path=docs/extension.md',
];

/** Where the packed extension lies: `dist/farthing-VERSION.vsix`. */
export function packagePath(): string {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return join(root, 'dist', `farthing-${version}.vsix`);
}

/** Returns the size in bytes; ends the process where the packer finds a fault or the size is beyond the limit. */
export function packExtension(): number {
  const tool = installApart('scripts/vsix', '@vscode/vsce/vsce');
  const output = packagePath();
  mkdirSync(join(root, 'dist'), { recursive: true });
  const packed = spawnSync(process.execPath, [tool, 'package', '--out', output, ...OPTIONS], {
    cwd: root,
    encoding: 'utf8',
  });
  if (packed.status !== 0) fail(`${packed.stdout}${packed.stderr}`);
  const { size } = statSync(output);
  if (size > MAX_BYTES) {
    fail(`${output} has ${size} bytes, and at most ${MAX_BYTES} are allowed: see what .vscodeignore lets in.\n`);
  }
  return size;
}

function fail(message: string): never {
  process.stderr.write(message);
  process.exit(1);
}
