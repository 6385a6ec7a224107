/**
 * `npm run document-outputs`: runs the code of the runtime's documents and writes what it prints where they show it, unless
 * only times and dates differ.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildBundles } from './lib/bundle.ts';
import { buildRuntime } from './lib/bundle-runtime.ts';
import { withServers } from './lib/document-servers.ts';
import { comparable, runDocument } from './lib/documents.ts';
import { root } from './lib/root.ts';

const given = process.argv.slice(2);
const paths =
  given.length > 0 ? given : ['README.md', 'runtime/README.md', ...globSync('docs/runtime/*.md', { cwd: root }).sort()];
await buildBundles();
await buildRuntime(false);
await withServers(async (env) => {
  for (const path of paths) {
    const results = await runDocument(path, env);
    let text = readFileSync(join(root, path), 'utf8');
    let changes = 0;
    // From the end, so that places stay where they were found.
    for (const { block, status, out, err } of results.toReversed()) {
      if (status !== 0) process.stderr.write(`${path}:${block.line} ended with status ${status}:\n${err}`);
      const { output } = block;
      if (output === null || comparable(output.text) === comparable(out)) continue;
      const printed = `${out.replaceAll('\r\n', '\n').trimEnd()}\n`;
      text = `${text.slice(0, output.start)}${printed}${text.slice(output.start + output.text.length)}`;
      changes++;
    }
    if (changes > 0) writeFileSync(join(root, path), text);
    process.stdout.write(`${path}: ${results.length} blocks run, ${changes} outputs written\n`);
  }
});
