import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { CONFIG_FILE_NAME } from '@farthing/shared/config-defaults';
import { describeWriteError } from '../../files/problem.ts';
import { UsageError } from '../exit.ts';
import type { AddCommand } from '../main.ts';

/** The schema ships with the package, so an editor checks the file without a network. */
const SCHEMA = 'node_modules/farthing/dist/farthing.schema.json';

/** All sections are included, to show what can be configured; they are empty, so they change nothing. */
const SECTIONS = { rules: {}, ignore: [], volumes: [], prices: [], baseUrls: {} };

/** `farthing init`: a configuration file to start from. */
export const addInit: AddCommand = (program, io) => {
  program
    .command('init')
    .description(`create a starter ${CONFIG_FILE_NAME}`)
    .action(() => {
      const path = join(io.cwd, CONFIG_FILE_NAME);
      try {
        // The flag refuses an existing file in the same step as the write.
        writeFileSync(path, `${JSON.stringify({ ...schemaFor(io.cwd), ...SECTIONS }, null, 2)}\n`, { flag: 'wx' });
      } catch (error) {
        throw new UsageError(reasonOf(error, path));
      }
      io.out(`Created ${CONFIG_FILE_NAME}. Declare how often a call runs under "volumes" to see its cost per month:\n`);
      io.out('  "volumes": [{ "path": "src/support/**", "callsPerMonth": "50k" }]\n');
    });
};

/**
 * The schema of the farthing package installed in the folder or above it, as a path relative to the configuration.
 * Empty if there is none, because a path would lead nowhere: the editor's extension recognises the file by its name.
 */
function schemaFor(folder: string): { readonly $schema?: string } {
  for (let at = folder; ; at = dirname(at)) {
    const path = join(at, SCHEMA);
    if (existsSync(path)) {
      const way = relative(folder, path).replaceAll('\\', '/');
      return { $schema: way.startsWith('.') ? way : `./${way}` };
    }
    if (at === dirname(at)) return {};
  }
}

function reasonOf(error: unknown, path: string): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'EEXIST') return `${CONFIG_FILE_NAME} already exists and was not changed.`;
  return `${CONFIG_FILE_NAME} cannot be written: ${describeWriteError(error, path)}.`;
}
