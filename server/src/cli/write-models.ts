/** Writes entries under `models` to the configuration, which is created if it does not exist. */
import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { CONFIG_FILE_NAME } from '@farthing/shared/config-defaults';
import { declareModels, type ModelEntry } from '../files/config-edits.ts';
import { findConfig } from '../files/config-file.ts';
import { describeWriteError } from '../files/problem.ts';
import { readTextOrNull } from '../files/regular-file.ts';
import { plural } from '../report/plural.ts';
import { UsageError } from './exit.ts';
import type { Io } from './io.ts';
import { starterFor } from './starter.ts';

/** @throws UsageError if the file cannot be edited or written */
export function writeModels(io: Io, entries: readonly ModelEntry[]): void {
  const known = findConfig(io.cwd);
  const path = known ?? join(io.cwd, CONFIG_FILE_NAME);
  const name = relative(io.cwd, path) || path;
  const text = declareModels(known === null ? starterFor(io.cwd) : (readTextOrNull(known) ?? ''), entries);
  if (text === null) throw new UsageError(`${name} cannot be edited: it is not an object with a list under "models".`);
  try {
    // A file that came into being meanwhile is not overwritten.
    writeFileSync(path, text, { flag: known === null ? 'wx' : 'w' });
  } catch (error) {
    throw new UsageError(`${name} cannot be written: ${describeWriteError(error, path)}.`);
  }
  io.out(`Wrote ${plural(entries.length, 'entry', 'entries')} under "models" in ${name}.\n`);
}
