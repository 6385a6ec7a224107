/** The output that the README shows: what `npm start` prints, from the sources as they are. */
import { spawnSync } from 'node:child_process';
import { root } from './root.ts';

const START = '<!-- output:start -->\n```\n';
const END = '```\n<!-- output:end -->';

export function withOutput(readme: string): string {
  const start = readme.indexOf(START);
  const end = readme.indexOf(END, start);
  if (start < 0 || end < 0) throw new Error('README.md has no place for the output of npm start.');
  return `${readme.slice(0, start + START.length)}${outputOfStart()}${readme.slice(end)}`;
}

function outputOfStart(): string {
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
