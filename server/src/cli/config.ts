/** Finds and reads the configuration of a scan: the nearest `farthing.config.json`, up to the repository's root. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { CONFIG_FILE_NAME, type Config, DEFAULT_CONFIG } from '@farthing/shared/config-defaults';
import type { ReportProblem } from '@farthing/shared/report';
import type { Severity } from '@farthing/shared/vocabulary';
import { UsageError } from './exit.ts';

export interface LoadedConfig {
  readonly config: Config;
  /** The folder that the configuration's globs are relative to; null where there is no configuration. */
  readonly folder: string | null;
  readonly problems: readonly ReportProblem[];
}

/**
 * @param given the file that the command line names, or null
 * @param folder absolute: where the search starts
 * @param cwd what paths in messages are relative to
 * @throws UsageError where a file is named but missing, cannot be read, or is no JSON
 */
export async function loadConfig(
  given: string | null,
  folder: string,
  cwd: string,
  rules: Readonly<Record<string, Severity>>,
): Promise<LoadedConfig> {
  const path = given === null ? findConfig(folder) : resolve(cwd, given);
  if (path === null) return { config: DEFAULT_CONFIG, folder: null, problems: [] };
  const name = relative(cwd, path) || path;
  const text = read(path, name);
  // The validation library is loaded only where there is something to validate.
  const { parseConfig } = await import('@farthing/shared/config');
  const { config, problems, isReadable } = parseConfig(text, name, rules);
  if (!isReadable) {
    const [problem] = problems;
    throw new UsageError(`${name}:${problem?.line ?? 1}: ${problem?.message ?? 'not read.'}`);
  }
  return {
    config,
    folder: dirname(path),
    problems: problems.map((problem) => ({ path: `${problem.path}:${problem.line}`, message: problem.message })),
  };
}

/** The nearest one upwards. The folder that holds `.git` is the last that is looked in. */
export function findConfig(folder: string): string | null {
  for (let current = folder; ; current = dirname(current)) {
    const path = join(current, CONFIG_FILE_NAME);
    if (existsSync(path)) return path;
    if (existsSync(join(current, '.git')) || dirname(current) === current) return null;
  }
}

function read(path: string, name: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const reason =
      error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'there is no such file' : `${error}`;
    throw new UsageError(`${name}: the configuration cannot be read: ${reason}. Nothing was scanned.`);
  }
}
