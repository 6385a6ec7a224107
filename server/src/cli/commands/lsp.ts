import { UsageError } from '../exit.ts';
import type { AddCommand } from '../main.ts';

const EXAMPLES = `
Editors other than VS Code start this by themselves; docs/editor.md says how to set each of them up:
  farthing lsp --stdio`;

/** `farthing lsp`: the language server for any editor. It runs until the editor ends it. */
export const addLsp: AddCommand = (program) => {
  program
    .command('lsp')
    .description('run the language server, for editors')
    .option('--stdio', 'speak over standard input and output')
    .option('--node-ipc', "speak over Node's channel to a child process")
    .option('--socket <port>', 'connect to a port of this machine')
    .option('--clientProcessId <id>', 'end when this process ends')
    .addHelpText('after', EXAMPLES)
    .action(async ({ stdio, nodeIpc, socket }: { stdio?: true; nodeIpc?: true; socket?: string }) => {
      if (!stdio && !nodeIpc && socket === undefined) {
        throw new UsageError('lsp: say how the editor speaks to it: farthing lsp --stdio');
      }
      // The connection reads the same flags from the process's arguments, and keeps the process alive.
      await import('../../lsp/entry.ts');
    });
};
