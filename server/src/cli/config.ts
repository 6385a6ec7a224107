/** Loads the configuration for a command; one that cannot be used at all ends the command. */
import { existsSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { type Config, DEFAULT_CONFIG } from '@farthing/shared/config-defaults';
import type { ReportProblem } from '@farthing/shared/report';
import type { Severity } from '@farthing/shared/vocabulary';
import { type ConfigFile, findConfig, readConfigFile, readFoundConfig } from '../files/config-file.ts';
import { type ConfigScope, createNestedConfigs, type NestedConfigs } from '../files/nested-configs.ts';
import { NO_PRICE_FILES, type PriceFiles, withoutLock } from '../files/price-files.ts';
import { UsageError } from './exit.ts';

export interface LoadedConfig {
  readonly config: Config;
  /** The price table that the configuration names. */
  readonly prices: PriceFiles;
  /** The folder that the configuration's globs are relative to; null if there is no configuration. */
  readonly folder: string | null;
  readonly problems: readonly ReportProblem[];
}

/** The configurations for a scan. */
export interface ScanConfigs {
  /** For the folder of the scan. */
  readonly config: Config;
  readonly prices: PriceFiles;
  /** What the globs of `config` are relative to. */
  readonly configFolder: string;
  /** By path; missing where the command line names one file, which then holds for everything. */
  readonly nested?: NestedConfigs;
  /**
   * Those that hold for any of these files.
   *
   * @throws UsageError if one of them cannot be used at all
   */
  readonly holding: (paths: readonly string[]) => readonly HoldingConfig[];
}

export interface HoldingConfig extends Pick<ConfigScope, 'config' | 'folder'> {
  /** In messages. */
  readonly name: string;
  readonly problems: readonly ReportProblem[];
  readonly holdsFor: (path: string) => boolean;
}

/** Parameters and errors as of `loadConfig`; folders below `folder` may have configurations of their own. */
export async function loadConfigs(...[file, folder, cwd, rules]: Parameters<typeof loadConfig>): Promise<ScanConfigs> {
  if (file !== null) {
    const loaded = await loadConfig(file, folder, cwd, rules);
    const { config, prices, problems } = loaded;
    const configFolder = loaded.folder ?? folder;
    return {
      config,
      prices,
      configFolder,
      holding: () => [{ config, folder: configFolder, name: file, problems, holdsFor: () => true }],
    };
  }
  const parser = await import('@farthing/shared/config');
  const files = new Map<string, ConfigFile>();
  const nested = createNestedConfigs((path) => {
    const read = readFoundConfig(path, nameOf(path, cwd), rules, parser);
    files.set(path, read);
    return read;
  });
  const holdingAt = (folders: Iterable<string>): readonly HoldingConfig[] => {
    const scopes = new Set(Array.from(folders, (folder) => nested.at(folder)));
    return nested.known().flatMap((scope) => {
      const file = files.get(scope.path);
      if (file === undefined || !scopes.has(scope)) return [];
      const { problems } = used(file);
      return [{ ...scope, name: nameOf(scope.path, cwd), problems, holdsFor: (path) => nested.at(path) === scope }];
    });
  };
  // Before the work begins.
  holdingAt([folder]);
  const outer = nested.at(folder);
  return {
    config: outer?.config ?? DEFAULT_CONFIG,
    prices: outer?.prices ?? NO_PRICE_FILES,
    configFolder: outer?.folder ?? folder,
    nested,
    // A repository has many files in each folder.
    holding: (paths) => holdingAt(new Set(paths.map((path) => dirname(path)))),
  };
}

/** The same with the prices of the tables, whatever a lock pins. */
export function unlocked(configs: ScanConfigs): ScanConfigs {
  const { prices, nested } = configs;
  const scopeOf = (scope: ConfigScope): ConfigScope => ({ ...scope, prices: withoutLock(scope.prices) });
  return {
    ...configs,
    prices: withoutLock(prices),
    ...(nested === undefined
      ? {}
      : {
          nested: {
            ...nested,
            at: (path) => {
              const scope = nested.at(path);
              return scope === null ? null : scopeOf(scope);
            },
            known: () => nested.known().map(scopeOf),
          },
        }),
  };
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
  if (file !== null && path !== null && !existsSync(path))
    throw new UsageError(`there is no configuration ${file}. Nothing was scanned.`);
  if (path === null) return { config: DEFAULT_CONFIG, prices: NO_PRICE_FILES, folder: null, problems: [] };
  const parser = await import('@farthing/shared/config');
  const read = file === null ? readFoundConfig : readConfigFile;
  return { ...used(read(path, nameOf(path, cwd), rules, parser)), folder: dirname(path) };
}

function nameOf(path: string, cwd: string): string {
  return relative(cwd, path) || path;
}

/** @throws UsageError if nothing of the file can be used */
function used({ config, prices, problems, failure }: ConfigFile): Omit<LoadedConfig, 'folder'> {
  if (failure) {
    const place = failure.line === null ? failure.path : `${failure.path}:${failure.line}`;
    throw new UsageError(`${place}: ${failure.message} Nothing was scanned.`);
  }
  return {
    config,
    prices,
    problems: problems.map(({ path, line, message }) => ({ path: `${path}:${line}`, message })),
  };
}
