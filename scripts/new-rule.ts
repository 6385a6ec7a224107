/** `npm run new-rule -- <name>` scaffolds a rule, its test and its fixtures; then `npm run generate` writes its document. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { exportName, newRuleFiles } from './lib/new-rule-files.ts';

const root = join(import.meta.dirname, '..');
const [id = ''] = process.argv.slice(2);
if (!/^[a-z]+(-[a-z]+)+$/.test(id)) {
  process.stderr.write(
    'Usage: npm run new-rule -- <name>. The name says what is bad, in kebab-case: uncached-static-prompt\n',
  );
  process.exit(2);
}

const files = newRuleFiles(id, exportName(id));
const taken = files.filter(({ path }) => existsSync(join(root, path)));
if (taken.length > 0) {
  process.stderr.write(
    `These exist already; nothing was written:\n${taken.map(({ path }) => `  ${path}`).join('\n')}\n`,
  );
  process.exit(2);
}
for (const { path, content } of files) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
  process.stdout.write(`wrote ${path}\n`);
}
process.stdout.write(
  `Fill them in, then: npm run generate && npx vitest run test/rules.test.ts server/src/rules/${id}.test.ts\n`,
);
