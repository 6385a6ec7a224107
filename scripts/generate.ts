/**
 * `npm run generate` writes what is generated from the rules: their index, their documents, the README's table and the
 * schema of the configuration file. With `--check` it writes nothing and fails where a file differs.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generatedFiles } from './lib/generated.ts';

const root = join(import.meta.dirname, '..');
const isCheck = process.argv.includes('--check');
const different: string[] = [];
for (const { path, content } of await generatedFiles(root)) {
  const target = join(root, path);
  if (existsSync(target) && readFileSync(target, 'utf8') === content) continue;
  different.push(path);
  if (isCheck) continue;
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, content);
}

if (isCheck && different.length > 0) {
  process.stderr.write(`These files differ from what the rules say. Run \`npm run generate\` and commit them:\n`);
  for (const path of different) process.stderr.write(`  ${path}\n`);
  process.exitCode = 1;
} else if (different.length > 0) {
  process.stdout.write(`${different.map((path) => `wrote ${path}`).join('\n')}\n`);
} else {
  process.stdout.write('Everything that is generated is up to date.\n');
}
