/** Steps of a script: each is a command with a name, its time, and an end at the first failure. */
import { spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { root } from './root.ts';

/** Runs a command of `node_modules/.bin` or of the path in the repository's root, with its output passed through. */
export function run(command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): boolean {
  const PATH = [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
  const result = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, PATH, ...env },
  });
  if (result.error !== undefined) process.stderr.write(`${command}: ${result.error.message}\n`);
  return result.status === 0;
}

export interface Step {
  readonly name: string;
  readonly action: () => boolean | Promise<boolean>;
}

/** Runs the steps in order; prints each one's time, and ends the process with status 1 behind the first that fails. */
export async function runSteps(steps: readonly Step[]): Promise<void> {
  const times: string[] = [];
  for (const { name, action } of steps) {
    process.stdout.write(`\n== ${name}\n`);
    const started = performance.now();
    const isOk = await action();
    times.push(
      `${isOk ? 'ok    ' : 'FAILED'}  ${((performance.now() - started) / 1000).toFixed(1).padStart(6)} s  ${name}`,
    );
    if (!isOk) break;
  }
  const left = steps.slice(times.length).map(({ name }) => `not run          ${name}`);
  process.stdout.write(`\n${[...times, ...left].join('\n')}\n`);
  if (times.at(-1)?.startsWith('FAILED')) process.exit(1);
}
