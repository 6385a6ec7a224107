/** Runs whole processes in turn and compares them run by run. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

export interface Command {
  readonly name: string;
  readonly command: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Fewer runs for what takes long. */
  readonly runs?: number;
}

export interface Run {
  readonly seconds: number;
  /** Peak resident memory of the largest process in bytes; null where `time` is not to be had. */
  readonly memory: number | null;
}

const TIME = '/usr/bin/time';
const MARK = 'peak-kilobytes';

export function run({ command, cwd, env }: Command): Run {
  const words = existsSync(TIME) ? [TIME, '-f', `${MARK} %M`, ...command] : [...command];
  const [file = '', ...args] = words;
  const started = performance.now();
  const { stderr, error } = spawnSync(file, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
    maxBuffer: 2 ** 28,
  });
  const seconds = (performance.now() - started) / 1000;
  if (error) throw new Error(`${command[0]} could not be started: ${error.message}`);
  const peak = new RegExp(`${MARK} (\\d+)`).exec(`${stderr}`)?.[1];
  return { seconds, memory: peak === undefined ? null : Number(peak) * 1024 };
}

/** Runs the commands in turn, A B A B, after a round that does not count. */
export function runInTurn(commands: readonly Command[], rounds: number): ReadonlyMap<string, readonly Run[]> {
  const results = new Map<string, Run[]>(commands.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const command of commands) {
      if (round > (command.runs ?? rounds) || (round === 0 && command.runs !== undefined)) continue;
      const result = run(command);
      if (round > 0) results.get(command.name)?.push(result);
    }
  }
  return results;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1
    ? (sorted[Math.floor(middle)] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

/** The value that `share` percent of the values do not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((sorted.length * share) / 100) - 1)] as number;
}
