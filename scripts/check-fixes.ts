/**
 * `npm run check-fixes -- DIR...`: applies every fix of every finding in checkouts to copies in memory, one at a time, and
 * checks that the result parses, that nothing but the fixed call changed, and that the finding is gone with its fix. It
 * prints counts by rule and language and each failure; `--show RULE` prints the changes themselves. Its exit status is 1
 * where a check failed.
 */
import { basename, relative, resolve } from 'node:path';
import { DEFAULT_CONFIG } from '@farthing/shared/config-defaults';
import { openWorkspace } from '../server/src/analyzer.ts';
import { checkFixes, type FixCheck } from './lib/fixes/check.ts';
import { table } from './lib/fixes/table.ts';

const { folders, shown } = argumentsOf(process.argv.slice(2));
const checks: FixCheck[] = [];
for (const folder of folders) {
  const root = resolve(process.env.INIT_CWD ?? process.cwd(), folder);
  const workspace = openWorkspace({ config: DEFAULT_CONFIG, configFolder: root, root, now: () => new Date() });
  for (const _ of workspace.scan(true));
  const found = [...checkFixes(workspace)];
  checks.push(...found);
  console.error(`${basename(root)}: ${found.length} findings`);
  for (const check of found) {
    const where = `${basename(root)} ${relative(root, check.path)} ${check.rule} "${check.title ?? ''}"`;
    for (const failure of check.failures) console.log(`FAILED ${where}: ${failure}`);
    if (!check.isApplied && check.title !== null) console.log(`not written: ${where}`);
    else if (check.failures.length > 0 || check.rule === shown || shown === 'all')
      console.log(`${where}\n${check.change}`);
  }
}
console.log(table(checks));
process.exitCode = checks.some(({ failures }) => failures.length > 0) ? 1 : 0;

function argumentsOf(given: readonly string[]): { folders: string[]; shown: string | null } {
  const at = given.indexOf('--show');
  if (at < 0) return { folders: [...given], shown: null };
  return { folders: given.toSpliced(at, 2), shown: given[at + 1] ?? 'all' };
}
