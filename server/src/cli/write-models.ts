/** Writes entries under `models` to the configuration, which is created if it does not exist. */
import { join, relative } from 'node:path';
import { CONFIG_FILE_NAME } from '@farthing/shared/config-defaults';
import { declareModels, type ModelEntry } from '../files/config-edits.ts';
import { findConfig } from '../files/config-file.ts';
import { readTextOrNull } from '../files/regular-file.ts';
import { plural } from '../report/plural.ts';
import { UsageError } from './exit.ts';
import type { Io } from './io.ts';
import { starterFor } from './starter.ts';
import { writeRepositoryFile } from './write-file.ts';

/** @throws UsageError if the file cannot be edited or written */
export function writeModels(io: Io, entries: readonly ModelEntry[]): void {
  const known = findConfig(io.cwd);
  const path = known ?? join(io.cwd, CONFIG_FILE_NAME);
  const name = relative(io.cwd, path) || path;
  const before = known === null ? starterFor(io.cwd) : readTextOrNull(known);
  if (before === null) throw new UsageError(`${name} cannot be read.`);
  const text = declareModels(before, entries);
  if (text === null) throw new UsageError(`${name} cannot be edited: it is not an object with a list under "models".`);
  writeRepositoryFile(path, name, text, { isNew: known === null });
  io.out(`Wrote ${plural(entries.length, 'entry', 'entries')} under "models" in ${name}.\n`);
}
