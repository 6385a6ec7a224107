/**
 * `npm run generate` writes what is generated: from the rules their index, their documents, the README's table and the
 * schema of the configuration file; the price table; and the README's output. With `--check` it writes nothing and fails
 * where a file differs.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generatePriceTable } from '../shared/src/catalogue/generate-price-table.ts';
import { excerptOf, outputInExamples, outputOfStart, withCommands, withOutput } from './lib/example-output.ts';
import { generatedFiles } from './lib/generated.ts';
import { root } from './lib/root.ts';

const isCheck = process.argv.includes('--check');
const different = new Set<string>();

function update(path: string, content: string): void {
  const target = join(root, path);
  if (existsSync(target) && readFileSync(target, 'utf8') === content) return;
  different.add(path);
  if (isCheck) return;
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, content);
}

for (const { path, content } of await generatedFiles(root)) update(path, content);
update('shared/src/catalogue/data/prices.generated.ts', generatePriceTable());
// Last, since the program reads everything above.
const output = outputOfStart();
for (const [path, part] of [
  ['README.md', excerptOf(output)],
  ['docs/example.md', output],
] as const) {
  update(path, withOutput(readFileSync(join(root, path), 'utf8'), part));
}
update('docs/agents.md', withCommands(readFileSync(join(root, 'docs/agents.md'), 'utf8'), outputInExamples));

if (isCheck && different.size > 0) {
  process.stderr.write('These files are not what would be generated. Run `npm run generate` and commit them:\n');
  for (const path of different) process.stderr.write(`  ${path}\n`);
  process.exitCode = 1;
} else if (different.size > 0) {
  process.stdout.write(`${[...different].map((path) => `wrote ${path}`).join('\n')}\n`);
} else {
  process.stdout.write('Everything that is generated is up to date.\n');
}
