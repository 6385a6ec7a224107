/** Finds and reads the configuration of a folder: the nearest `farthing.config.json`, up to the repository's root. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ConfigProblem, parseConfig } from '@farthing/shared/config';
import { CONFIG_FILE_NAME, type Config, DEFAULT_CONFIG } from '@farthing/shared/config-defaults';
import type { Severity } from '@farthing/shared/vocabulary';

export interface ConfigFile {
  /** The defaults where nothing could be used. */
  readonly config: Config;
  /** Wrong values; their defaults hold. */
  readonly problems: readonly ConfigProblem[];
  /** Why nothing of the file was used; null where it was. */
  readonly failure: ConfigFailure | null;
}

/** A line where the text is wrong; null where there is no text. */
export type ConfigFailure = Omit<ConfigProblem, 'line'> & { readonly line: number | null };

/** The nearest one upwards. The folder that holds `.git` is the last that is looked in. */
export function findConfig(folder: string): string | null {
  for (let current = folder; ; current = dirname(current)) {
    const path = join(current, CONFIG_FILE_NAME);
    if (existsSync(path)) return path;
    if (existsSync(join(current, '.git')) || dirname(current) === current) return null;
  }
}

/**
 * Never throws.
 *
 * @param name the file as problems should name it
 * @param parse handed in, since it brings a validation library that is needed only where there is a configuration
 */
export function readConfigFile(
  path: string,
  name: string,
  rules: Readonly<Record<string, Severity>>,
  parse: typeof parseConfig,
): ConfigFile {
  const unusable = (failure: ConfigFailure): ConfigFile => ({ config: DEFAULT_CONFIG, problems: [], failure });
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const reason = isMissing ? 'there is no such file' : `${error}`;
    return unusable({ path: name, line: null, message: `the configuration cannot be read: ${reason}.` });
  }
  const { config, problems, isReadable } = parse(text, name, rules);
  const [problem] = problems;
  return isReadable || problem === undefined ? { config, problems, failure: null } : unusable(problem);
}
