import { UsageError } from '../exit.ts';
import type { AddCommand } from '../main.ts';
import { targetOf } from '../paths.ts';

const EXAMPLES = `
Agents start this command themselves, with the folder they work in; docs/agents.md shows how to set it up:
  farthing mcp
  farthing mcp /home/me/app

It reads nothing outside that folder but its repository's git objects, changes no file of it, and uses no network.`;

/** `farthing mcp`: a server for coding agents, over standard input and output. It runs until the agent ends it. */
export const addMcp: AddCommand = (program, io) => {
  program
    .command('mcp')
    .description('run a Model Context Protocol server, for coding agents')
    .argument('[folder]', 'the folder that it is about (default: the current directory)')
    .option('--stdio', 'communicate over standard input and output (the default, and the only way)')
    .option('--no-cache', 'do not use the results cached by earlier scans')
    .addHelpText('after', EXAMPLES)
    .action(async (folder: string | undefined, { cache }: { cache: boolean }) => {
      const { paths, root } = targetOf(folder === undefined ? [] : [folder], io.cwd);
      if (paths[0] !== root) throw new UsageError(`mcp: ${folder} is a file. Name the folder that the agent works in.`);
      const { serve } = await import('../mcp/server.ts');
      await serve({ root, usesCache: cache }, io);
    });
};
