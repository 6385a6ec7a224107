/** The output of `npm start` in the documents: all of it in docs/example.md, an excerpt in the README. */
import { spawnSync } from 'node:child_process';
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

/** The output of `npm start`, produced from the current sources. */
export function outputOfStart(): string {
  const args = [
    '--conditions=farthing-source',
    'server/src/cli/entry.ts',
    'scan',
    '--no-cache',
    '--fail-on',
    'never',
    'examples',
  ];
  const { NO_COLOR: _, FORCE_COLOR: __, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`The scan of the examples failed:\n${stderr}`);
  return stdout;
}
