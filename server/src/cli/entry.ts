/**
 * The process around the program: its streams, its exit status, and its behaviour when the reader of its output is
 * gone.
 */
import { printableLines } from '@farthing/shared/printable';
import { describeError } from '../files/problem.ts';
import { readStandardInput } from '../files/regular-file.ts';
import { EXIT, type ExitStatus } from './exit.ts';
import type { Io } from './io.ts';
import { main } from './main.ts';

function ioIn(cwd: string): Io {
  return {
    out: (text) => process.stdout.write(text),
    // Messages quote paths, values and errors, which must not reach a terminal or a CI runner as commands.
    err: (text) => process.stderr.write(printableLines(text)),
    status: (line) => process.stderr.write(`\r\u001b[2K${line}`),
    readInput: readStandardInput,
    cwd,
    env: process.env,
    platform: process.platform,
    terminal: {
      isOutput: process.stdout.isTTY === true,
      isError: process.stderr.isTTY === true,
      columns: process.stdout.columns ?? 80,
    },
  };
}

/** Sets the status and lets the process end by itself, so that a slow pipe still receives all of a long report. */
function endWith(status: ExitStatus): void {
  process.exitCode ??= status;
}

function fail(message: string): void {
  process.exitCode = EXIT.usage;
  process.stderr.write(`farthing: ${printableLines(message)}\n`);
}

// `farthing scan | head` closes the pipe early: the reader has what it wanted, and the status is that of the scan.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') fail(`cannot write to standard output: ${describeError(error)}.`);
});
// Without stderr there is no way to report anything.
process.stderr.on('error', () => {});

try {
  main(process.argv.slice(2), ioIn(process.cwd())).then(endWith);
} catch {
  // Only `process.cwd()` can throw here.
  fail('the current folder no longer exists. Change to another one.');
}
