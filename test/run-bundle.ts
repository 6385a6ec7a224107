/** Runs the built program as a user does: in a separate process, with its output and exit status. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

export const DIST = join(dirname(fileURLToPath(import.meta.url)), '..', 'server', 'dist');

export interface Result {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Arguments of Node itself. */
  readonly nodeArguments?: readonly string[];
  /** The folder that holds `farthing.cjs`. */
  readonly dist?: string;
}

export function farthing(
  args: readonly string[],
  { cwd, input = '', env = {}, nodeArguments = [], dist = DIST }: RunOptions = {},
): Result {
  const { NO_COLOR: _, FORCE_COLOR: __, ...inherited } = process.env;
  const result = spawnSync(process.execPath, [...nodeArguments, join(dist, 'farthing.cjs'), ...args], {
    cwd: cwd ?? process.cwd(),
    input,
    encoding: 'utf8',
    env: { ...inherited, ...env },
    // A run that never ends is a failure, not a test that never ends.
    timeout: 120_000,
    killSignal: 'SIGKILL',
    // A report of many calls is longer than the megabyte that Node takes by default, and ends the process.
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status: result.status, out: result.stdout, err: result.stderr };
}

/** A folder with these files, removed when the test ends. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'farthing-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}
