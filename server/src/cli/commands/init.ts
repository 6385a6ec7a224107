import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONFIG_FILE_NAME } from '@farthing/shared/config-defaults';
import { describeWriteError } from '../../files/problem.ts';
import { UsageError } from '../exit.ts';
import type { Io } from '../io.ts';
import type { AddCommand } from '../main.ts';
import { starterFor } from '../starter.ts';

interface InitOptions {
  readonly models?: true;
  readonly write?: true;
}

/** `farthing init`: a configuration file to start from, and what to declare in it. */
export const addInit: AddCommand = (program, io) => {
  program
    .command('init')
    .description(`create a starter ${CONFIG_FILE_NAME}`)
    .option('--models', 'scan this directory and print which models to declare for calls that set theirs at run time')
    .option('--write', `with --models: write them to ${CONFIG_FILE_NAME}, which is created if it does not exist`)
    .action(async ({ models, write }: InitOptions) => {
      if (models) {
        // A starter file needs none of the analyzer.
        const { proposeModels } = await import('../propose-models.ts');
        await proposeModels(io, write === true);
      } else if (write) throw new UsageError('--write needs --models.');
      else createStarter(io);
    });
};

function createStarter(io: Io): void {
  const path = join(io.cwd, CONFIG_FILE_NAME);
  try {
    // The flag refuses an existing file in the same step as the write.
    writeFileSync(path, starterFor(io.cwd), { flag: 'wx' });
  } catch (error) {
    throw new UsageError(reasonOf(error, path));
  }
  io.out(`Created ${CONFIG_FILE_NAME}. Declare how often a call runs under "volumes" to see its cost per month:\n`);
  io.out('  "volumes": [{ "path": "src/support/**", "callsPerMonth": "50k" }]\n');
  io.out(
    'Calls whose model is set at run time need it under "models": farthing init --models proposes what to write.\n',
  );
}

function reasonOf(error: unknown, path: string): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'EEXIST') return `${CONFIG_FILE_NAME} already exists and was not changed.`;
  return `${CONFIG_FILE_NAME} cannot be written: ${describeWriteError(error, path)}.`;
}
