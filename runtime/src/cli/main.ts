/** The command line of `farthing-runtime`, and how errors become a message and an exit status. */
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { isStoreError } from '../stores/store-error.ts';
import { type Io, isUsageError } from './io.ts';
import { DIMENSIONS, parseDimensions, type ReportOptions, report } from './report.ts';
import { parseTimeZone } from './time.ts';
import { type TrainOptions, train } from './train.ts';

declare const FARTHING_RUNTIME_VERSION: string | undefined;
const VERSION = typeof FARTHING_RUNTIME_VERSION === 'string' ? FARTHING_RUNTIME_VERSION : '0.0.0-source';

const EXAMPLES = `
Examples:
  farthing-runtime report var/farthing.db                    all calls, by feature, model and call site
  farthing-runtime report var/farthing.db --since 7d --by user
  farthing-runtime report var/farthing.db --feature chat --since 2026-11-01 --until 2026-12-01
  farthing-runtime report var/farthing.db --csv > calls.csv
  farthing-runtime report var/farthing.db --semantic         what the semantic cache would have got wrong
  farthing-runtime report var/farthing.db --experiment       what experiments have shown so far

Exit status: 0, or 2 for an invalid command line or a file that is not a ledger.`;

/** Runs one command line (without the program's name). Never throws and never ends the process. */
export async function main(args: readonly string[], io: Io): Promise<0 | 2> {
  const program = new Command('farthing-runtime')
    .description('Reads the ledger that @farthing/runtime writes, and fits its router.')
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help for a command')
    .exitOverride()
    .configureOutput({
      writeOut: io.out,
      writeErr: io.err,
      outputError: (text, write) => write(text.replace(/^error: /, 'farthing-runtime: ')),
    })
    .showHelpAfterError('(farthing-runtime --help lists the commands)');
  program
    .command('report')
    .description('print a SQLite ledger: calls, cost, savings, errors, tokens and times')
    .argument('[file]', 'the file passed to createMeter({ path }) (default: farthing.db or var/farthing.db)')
    .option('--by <what>', `groups, separated by commas: ${DIMENSIONS.join(', ')}`, parseDimensions)
    .option('--since <time>', 'only calls since 30m, 12h, 7d or 4w ago, or since a date')
    .option('--until <time>', 'only calls before this time')
    .option(
      '--time-zone <name>',
      'time zone of dates, hours and days, such as Europe/Berlin (default: UTC)',
      parseTimeZone,
    )
    .option('--feature <name>', 'only calls of this feature')
    .option('--user <name>', 'only calls of this user')
    .option('--tenant <name>', 'only calls of this tenant')
    .option('--team <name>', 'only calls of this team')
    .option('--tag <name>', 'only calls with this tag')
    .option('--model <name>', 'only calls of this model')
    .addOption(
      new Option(
        '--semantic',
        'what the semantic cache served or would have served, and how often it was wrong',
      ).conflicts(['csv', 'by']),
    )
    .addOption(
      new Option('--experiment [name]', 'how the arms of an experiment compare: cost, feedback and failures').conflicts(
        ['csv', 'by', 'semantic'],
      ),
    )
    .addOption(new Option('--json', 'print JSON (schema 1)').conflicts('csv'))
    .addOption(new Option('--csv', 'print one line per group, for spreadsheets'))
    .addHelpText('after', EXAMPLES)
    .action((file: string | undefined, options: ReportOptions) => report(file, options, io));
  program
    .command('train')
    .description('fit the learned router (route.learned) on questions with the outcome of both models')
    .argument('<file>', 'JSON lines: {"feature": "chat", "question": "...", "simple": true, "complex": true}')
    .requiredOption('--out <file>', 'where to write the weights, as JSON')
    .option('--keep <share>', "share of the larger model's advantage to keep, from 0 to 1", parseShare, 0.9)
    .action((file: string, options: TrainOptions) => train(file, options, io));
  for (const command of program.commands) {
    command
      .copyInheritedSettings(program)
      .showHelpAfterError(`(farthing-runtime ${command.name()} --help lists the options)`);
  }
  try {
    await program.parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    // Commander has already written its own message; help and version are not errors.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const isExpected = isUsageError(error) || isStoreError(error);
    const text = isExpected
      ? error.message
      : `internal error. This is a bug in farthing-runtime. Please report it with these lines:\n${stackOf(error)}`;
    io.err(`farthing-runtime: ${text}\n`);
    return 2;
  }
}

function parseShare(text: string): number {
  const share = Number(text);
  if (!(share > 0 && share <= 1)) throw new InvalidArgumentError('It must be above 0 and at most 1.');
  return share;
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
