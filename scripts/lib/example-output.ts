/**
 * Output in the documents: that of `npm start` in docs/example.md and, in part, in the README, and that of the commands that a
 * document shows.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './root.ts';

const START = '<!-- output:start -->';
const END = '<!-- output:end -->';
/** The file of the examples that the README shows: feature calls, the request behind them, a finding and its saving. */
const EXCERPT = 'examples/runtime/classify/worker.ts\n';

/** `document` with `output` between its markers. */
export function withOutput(document: string, output: string): string {
  const start = document.indexOf(START);
  const end = document.indexOf(END, start);
  if (start < 0 || end < 0) throw new Error('The document has no markers for the output of npm start.');
  return `${document.slice(0, start + START.length)}\n\`\`\`\n${output}\`\`\`\n${document.slice(end)}`;
}

/** The part of the output that the README shows: one file and the totals. */
export function excerptOf(output: string): string {
  const blocks = output.split('\n\n');
  const file = blocks.find((block) => block.startsWith(EXCERPT));
  const totals = blocks.at(-1);
  if (file === undefined || totals === undefined) throw new Error(`The scan of the examples has no ${EXCERPT}`);
  return `${file}\n\n${totals}`;
}

/** A block of code that begins with a command, and what it shows of its output. */
const COMMAND = /^```\n\$ farthing ([^\n]+)\n.*?^```$/gms;

/** `document` with the output of each command under it; `run` gives it for a command's arguments. */
export function withCommands(document: string, run: (args: readonly string[]) => string): string {
  return document.replace(
    COMMAND,
    (_, command: string) => `\`\`\`\n$ farthing ${command}\n${run(command.split(' '))}\`\`\``,
  );
}

/** The output of `npm start`, produced from the current sources. */
export function outputOfStart(): string {
  return outputOf(['scan', '--fail-on', 'never', 'examples'], root);
}

/** The output of a command in the examples, produced from the current sources. */
export function outputInExamples(args: readonly string[]): string {
  return outputOf(args, join(root, 'examples'));
}

function outputOf([command = '', ...args]: readonly string[], cwd: string): string {
  const program = ['--conditions=farthing-source', join(root, 'server/src/cli/entry.ts'), command, '--no-cache'];
  const { NO_COLOR: _, FORCE_COLOR: __, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [...program, ...args], { cwd, env, encoding: 'utf8' });
  if (status === null || status > 1) throw new Error(`farthing ${command} failed in ${cwd}:\n${stderr}`);
  return stdout;
}
