/** The process around the program: its streams, its exit status, and what it does when the reader has gone. */
import { printableLines } from '@farthing/shared/printable';
import { readStandardInput } from '../files/regular-file.ts';
import type { Io } from './io.ts';
import { main } from './main.ts';

const io: Io = {
  out: (text) => process.stdout.write(text),
  // What messages quote (paths, values, errors) is not what a terminal or a CI runner should obey.
  err: (text) => process.stderr.write(printableLines(text)),
  status: (line) => process.stderr.write(`\r\u001b[2K${line}`),
  readInput: readStandardInput,
  cwd: process.cwd(),
  env: process.env,
  platform: process.platform,
  terminal: {
    isOutput: process.stdout.isTTY === true,
    isError: process.stderr.isTTY === true,
    columns: process.stdout.columns ?? 80,
  },
};

// `farthing scan | head` closes the pipe early: the reader has what it wanted, which is no error.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(process.exitCode ?? 0);
  });
}

// The status is set and the process ends by itself, so that a slow pipe still gets all of a long report.
main(process.argv.slice(2), io).then((status) => {
  process.exitCode = status;
});
