import { relative, resolve } from 'node:path';
import { plural } from '../../report/plural.ts';
import type { Io } from '../io.ts';
import type { AddCommand } from '../main.ts';
import { pathsIn, targetOf } from '../paths.ts';

interface BaselineOptions {
  readonly config?: string;
  readonly cache: boolean;
  readonly includeTests?: true;
}

/** `farthing baseline`: from now on, a scan reports what is not there yet. */
export const addBaseline: AddCommand = (program, io) => {
  program
    .command('baseline')
    .description(
      'scan this directory and write its findings to farthing-baseline.json: scans then report only new ones',
    )
    .option('--config <file>', 'configuration file, as in farthing scan')
    .option('--include-tests', 'include the findings in tests, evaluations and examples')
    .option('--no-cache', 'do not use the results cached by earlier scans')
    .action((options: BaselineOptions) => createBaseline(options, io));
};

async function createBaseline(options: BaselineOptions, io: Io): Promise<void> {
  const [{ analyse }, { BASELINE_NAME, writeBaseline }, { baselineOf }] = await Promise.all([
    import('../analyse.ts'),
    import('../baseline-file.ts'),
    import('../../report/baseline.ts'),
  ]);
  // Findings that would save little are in it too: the next scan may have another --min-saving.
  const { report } = await analyse(targetOf([], io.cwd), { ...options, minSaving: 0 }, io);
  const path = resolve(io.cwd, BASELINE_NAME);
  writeBaseline(path, relative(io.cwd, path), baselineOf(report, pathsIn(io.cwd, report)));
  const files = new Set(report.diagnostics.map((finding) => finding.path)).size;
  io.out(
    `${BASELINE_NAME} has ${plural(report.diagnostics.length, 'finding')} in ${plural(files, 'file')} now. ` +
      'Commit it: farthing scan reports what is new. To see them all again: farthing scan --no-baseline.\n',
  );
}
