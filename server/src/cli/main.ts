/** The command line: its commands, and how errors become a message and an exit status. */
import { Command, CommanderError } from 'commander';
import { VERSION } from '../version.ts';
import { addBaseline } from './commands/baseline.ts';
import { addDeclare } from './commands/declare.ts';
import { addDiff } from './commands/diff.ts';
import { addExplain } from './commands/explain.ts';
import { addInit } from './commands/init.ts';
import { addInspect } from './commands/inspect.ts';
import { addLsp } from './commands/lsp.ts';
import { addMcp } from './commands/mcp.ts';
import { addMeasure } from './commands/measure.ts';
import { addModels } from './commands/models.ts';
import { addPlan } from './commands/plan.ts';
import { addPrices } from './commands/prices.ts';
import { addScan } from './commands/scan.ts';
import { addSdks } from './commands/sdks.ts';
import { EXIT, type ExitStatus, isUsageError } from './exit.ts';
import type { Io } from './io.ts';

/** Adds a command. Its action sets the exit status with `done`; otherwise it is 0. */
export type AddCommand = (program: Command, io: Io, done: (status: ExitStatus) => void) => void;

const COMMANDS: readonly AddCommand[] = [
  addScan,
  addDiff,
  addInspect,
  addPlan,
  addSdks,
  addModels,
  addPrices,
  addExplain,
  addInit,
  addBaseline,
  addDeclare,
  addMeasure,
  addLsp,
  addMcp,
];

const EXAMPLES = `
Examples:
  farthing scan                                  every LLM call below this directory, with what it costs
  farthing scan src --fail-on warning            status 1 if any finding is a warning or worse
  farthing scan --format sarif --output llm.sarif
  farthing diff origin/main                      what the change on this branch costs, and why
  farthing inspect --top-savings 5               the findings that save the most, briefly
  farthing plan                                  what to save first, with its money, effort and risk
  farthing explain unbounded-output              what a rule finds, and why
  farthing models gpt-4o-mini                    what the price table knows about a model

Exit status: 0 clean, 1 findings at or above --fail-on, 2 invalid command line, configuration or path,
3 an internal error in farthing.
Nothing is ever sent over the network.`;

/** Runs one command line (without the program's name). Never throws and never ends the process. */
export async function main(args: readonly string[], io: Io): Promise<ExitStatus> {
  let status: ExitStatus = EXIT.clean;
  const program = new Command('farthing')
    .description('Finds every LLM call in TypeScript, JavaScript, Python and notebooks, and shows what it costs.')
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help for a command')
    .addHelpText('after', EXAMPLES)
    .exitOverride()
    .configureOutput({ writeOut: io.out, writeErr: io.err })
    .showSuggestionAfterError();
  for (const add of COMMANDS) {
    add(program, io, (result) => {
      status = result;
    });
  }
  for (const command of program.commands) {
    command.copyInheritedSettings(program).showHelpAfterError(`(farthing ${command.name()} --help lists the options)`);
  }
  program.showHelpAfterError('(farthing --help lists the commands; to scan a path: farthing scan PATH)');

  try {
    await program.parseAsync(args, { from: 'user' });
    return status;
  } catch (error) {
    return statusOf(error, io);
  }
}

function statusOf(error: unknown, io: Io): ExitStatus {
  // Commander has already written its own message; help and version are not errors.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.clean : EXIT.usage;
  if (isUsageError(error)) {
    io.err(`farthing: ${error.message}\n`);
    return EXIT.usage;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  io.err(
    `farthing: internal error. This is a bug in farthing, not in your code. Please report it with these lines:\n${text}\n`,
  );
  return EXIT.fault;
}
