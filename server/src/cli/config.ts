/** Loads the configuration for a command; one that cannot be used at all ends the command. */
import { dirname, relative, resolve } from 'node:path';
import { type Config, DEFAULT_CONFIG } from '@farthing/shared/config-defaults';
import type { ReportProblem } from '@farthing/shared/report';
import type { Severity } from '@farthing/shared/vocabulary';
import { findConfig, readConfigFile, readFoundConfig } from '../files/config-file.ts';
import { NO_TABLE, type PriceTableFile } from '../files/price-table-file.ts';
import { UsageError } from './exit.ts';

export interface LoadedConfig {
  readonly config: Config;
  /** The price table that the configuration names. */
  readonly prices: PriceTableFile;
  /** The folder that the configuration's globs are relative to; null if there is no configuration. */
  readonly folder: string | null;
  readonly problems: readonly ReportProblem[];
}

/**
 * @param file the file that the command line names, or null
 * @param folder absolute: where the search starts
 * @param cwd what paths in messages are relative to
 * @throws UsageError if the named file is missing, cannot be read, or is not JSON
 */
export async function loadConfig(
  file: string | null,
  folder: string,
  cwd: string,
  rules: Readonly<Record<string, Severity | 'off'>>,
): Promise<LoadedConfig> {
  const path = file === null ? findConfig(folder) : resolve(cwd, file);
  if (path === null) return { config: DEFAULT_CONFIG, prices: NO_TABLE, folder: null, problems: [] };
  const parser = await import('@farthing/shared/config');
  const read = file === null ? readFoundConfig : readConfigFile;
  const { config, prices, problems, failure } = read(path, relative(cwd, path) || path, rules, parser);
  if (failure) {
    const place = failure.line === null ? failure.path : `${failure.path}:${failure.line}`;
    throw new UsageError(`${place}: ${failure.message} Nothing was scanned.`);
  }
  return {
    config,
    prices,
    folder: dirname(path),
    problems: problems.map(({ path, line, message }) => ({ path: `${path}:${line}`, message })),
  };
}
