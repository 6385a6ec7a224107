#!/usr/bin/env node
/** The process around `farthing-runtime`: its streams and its exit status. */
import { printableLines } from '@farthing/shared/printable';
import { main } from './main.ts';

// `farthing-runtime report | head` closes the pipe early: the reader has what it wanted, so this is not an error.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(process.exitCode ?? 0);
  });
}

// Sets the status and lets the process end by itself, so that a slow pipe still receives all of a long report.
main(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(printableLines(text)),
  now: new Date(),
  isTerminal: process.stdout.isTTY === true,
  width: process.stdout.columns ?? Number.POSITIVE_INFINITY,
  env: process.env,
}).then((status) => {
  process.exitCode = status;
});
