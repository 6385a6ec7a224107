import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CONFIG_FILE_NAME } from '@farthing/shared/config-defaults';
import { plural } from '../../report/plural.ts';
import { UsageError } from '../exit.ts';
import type { Io } from '../io.ts';
import type { AddCommand } from '../main.ts';
import { writeRepositoryFile } from '../write-file.ts';

interface InitOptions {
  readonly models?: true;
  readonly write?: true;
}

/** `farthing init`: a configuration file with what a look at the code found, and what to declare in it. */
export const addInit: AddCommand = (program, io) => {
  program
    .command('init')
    .description(`create a ${CONFIG_FILE_NAME} with proposals for the calls in this directory, as comments`)
    .option('--models', 'scan this directory and print which models to declare for calls that set theirs at run time')
    .option('--write', `with --models: write them to ${CONFIG_FILE_NAME}, which is created if it does not exist`)
    .action(async ({ models, write }: InitOptions) => {
      if (models) {
        // A starter file needs none of the analyzer.
        const { proposeModels } = await import('../propose-models.ts');
        await proposeModels(io, write === true);
      } else if (write) throw new UsageError('--write needs --models.');
      else await createConfig(io);
    });
};

async function createConfig(io: Io): Promise<void> {
  const path = join(io.cwd, CONFIG_FILE_NAME);
  // Looking at a large repository only to refuse would waste the user's time.
  if (existsSync(path)) throw new UsageError(`${CONFIG_FILE_NAME} already exists and was not changed.`);
  const [{ lookAt, proposalsIn }, { foundConfig }] = await Promise.all([
    import('../propose-models.ts'),
    import('../found-config.ts'),
  ]);
  const { report, workspace, isHeldElsewhere } = await lookAt(io);
  const proposals = proposalsIn(workspace, isHeldElsewhere);
  writeRepositoryFile(path, CONFIG_FILE_NAME, foundConfig(io.cwd, report, proposals), { isNew: true });
  const models = proposals.proposals.reduce((sum, { calls }) => sum + calls.length, 0);
  io.out(
    `Created ${CONFIG_FILE_NAME} with what was found, as comments: nothing is declared until you remove their slashes.\n`,
  );
  if (models > 0) {
    io.out(
      `${plural(models, 'call')} without a model: "models" proposes what to declare; farthing init --models --write declares it.\n`,
    );
  }
  io.out('How often a call runs, under "volumes", gives its cost per month.\n');
}
