/** The file with a baseline: `farthing-baseline.json`, in the folder of the configuration or of the repository. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isStrangers } from '../files/ownership.ts';
import { readTextOrNull } from '../files/regular-file.ts';
import { type Baseline, formatBaseline, parseBaseline } from '../report/baseline.ts';
import { UsageError } from './exit.ts';
import { writeRepositoryFile } from './write-file.ts';

export const BASELINE_NAME = 'farthing-baseline.json';

/** Bytes. A finding has about a hundred. */
const LIMIT = 64 * 1024 * 1024;

/** The nearest baseline at or above `folder`, in the same repository; null if there is none. */
export function findBaseline(folder: string): string | null {
  for (let current = folder; ; current = dirname(current)) {
    const path = join(current, BASELINE_NAME);
    if (existsSync(path) && !isStrangers(path, folder)) return path;
    if (existsSync(join(current, '.git')) || dirname(current) === current) return null;
  }
}

/** @throws UsageError if it is something else: a scan that ignored it would report everything as new */
export function readBaseline(path: string, name: string): Baseline {
  if (!existsSync(path))
    throw new UsageError(`there is no baseline ${name}: looked for ${path}. farthing baseline writes one.`);
  const text = readTextOrNull(path, LIMIT);
  if (text === null) throw new UsageError(`${name} cannot be read.`);
  const baseline = parseBaseline(text);
  if (baseline === null) throw new UsageError(`${name} is not a baseline. farthing baseline writes a new one.`);
  return baseline;
}

/** @throws UsageError if it cannot be written */
export function writeBaseline(path: string, name: string, baseline: Baseline): void {
  writeRepositoryFile(path, name, formatBaseline(baseline));
}
