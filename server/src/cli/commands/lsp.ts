import { UsageError } from '../exit.ts';
import type { AddCommand } from '../main.ts';

const EXAMPLES = `
Editors start this command themselves; docs/editor.md shows how to set up each one:
  farthing lsp --stdio`;

/** `farthing lsp`: the language server for any editor. It runs until the editor ends it. */
export const addLsp: AddCommand = (program) => {
  program
    .command('lsp')
    .description('run the language server, for editors')
    .option('--stdio', 'communicate over standard input and output')
    .option('--node-ipc', "communicate over Node's IPC channel")
    .option('--socket <port>', 'connect to this local port')
    .option('--clientProcessId <id>', 'exit when this process exits')
    .addHelpText('after', EXAMPLES)
    .action(async ({ stdio, nodeIpc, socket }: { stdio?: true; nodeIpc?: true; socket?: string }) => {
      if (!stdio && !nodeIpc && socket === undefined) {
        throw new UsageError('lsp: choose a transport, for example: farthing lsp --stdio');
      }
      // The connection reads the same flags from the process's arguments, and keeps the process alive.
      await import('../../lsp/entry.ts');
    });
};
