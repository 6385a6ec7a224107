/**
 * Finds and reads the configuration of a folder: the nearest `farthing.config.json`, up to the top of the repository.
 */
import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { ConfigProblem, parseConfig, unknownModels } from '@farthing/shared/config';
import { CONFIG_FILE_NAME, type Config, DEFAULT_CONFIG } from '@farthing/shared/config-defaults';
import type { Severity } from '@farthing/shared/vocabulary';
import { isStrangers } from './ownership.ts';
import { absolute } from './paths.ts';
import { NO_PRICE_FILES, type PriceFiles, readPriceFiles } from './price-files.ts';
import { describeFailure } from './problem.ts';
import { createReadPolicy } from './read-policy.ts';
import { decode, readRegularFile, SETTINGS_LIMIT } from './regular-file.ts';

export interface ConfigFile {
  /** The defaults if nothing could be used. */
  readonly config: Config;
  /** Invalid values; their defaults apply. */
  readonly problems: readonly ConfigProblem[];
  /** The price table that the configuration names. */
  readonly prices: PriceFiles;
  /** Why nothing of the file was used; null if it was. */
  readonly failure: ConfigFailure | null;
}

/** The module `@farthing/shared/config`: it brings a validation library that is needed only where there is a configuration. */
export interface ConfigParser {
  readonly parseConfig: typeof parseConfig;
  readonly unknownModels: typeof unknownModels;
}

/** `line` is the line of the mistake; null if the file could not be read. */
export type ConfigFailure = Omit<ConfigProblem, 'line'> & { readonly line: number | null };

/**
 * The nearest one at or above `folder` that was not put there by another user. The search ends at the folder that
 * contains `.git`.
 */
export function findConfig(folder: string): string | null {
  return createConfigSearch()(folder);
}

/** `findConfig` for many files and folders, which looks into each folder above them once. */
export function createConfigSearch(): (path: string) => string | null {
  const known = new Map<string, readonly string[]>();
  /** The nearest first. */
  const configsAbove = (folder: string): readonly string[] => {
    const before = known.get(folder);
    if (before) return before;
    const path = join(folder, CONFIG_FILE_NAME);
    const nearest = existsSync(path) ? [path] : [];
    const isTop = dirname(folder) === folder || existsSync(join(folder, '.git'));
    const found = isTop ? nearest : [...nearest, ...configsAbove(dirname(folder))];
    known.set(folder, found);
    return found;
  };
  return (asked) => configsAbove(asked).find((path) => !isStrangers(path, asked)) ?? null;
}

/**
 * Never throws.
 *
 * @param name how problems refer to the file
 * @param parse passed in because it needs a validation library that is loaded only if there is a configuration
 */
export function readConfigFile(
  path: string,
  name: string,
  rules: Readonly<Record<string, Severity | 'off'>>,
  parser: ConfigParser,
): ConfigFile {
  const unreadable = (reason: string): ConfigFile =>
    unusable({ path: name, line: null, message: `the configuration cannot be read: ${reason}.` });
  try {
    const file = readRegularFile(path, SETTINGS_LIMIT);
    if (file.kind === 'irregular') return unreadable('it is not a regular file');
    if (file.kind === 'too large') return unreadable(`it is larger than ${SETTINGS_LIMIT / 1024 / 1024} MB`);
    return configOf(decode(file.bytes), path, name, rules, parser);
  } catch (error) {
    return unreadable(describeFailure(error));
  }
}

/** The same for a text that an editor holds. */
export function configOf(
  text: string,
  path: string,
  name: string,
  rules: Readonly<Record<string, Severity | 'off'>>,
  parser: ConfigParser,
): ConfigFile {
  try {
    const { config, problems, isReadable } = parser.parseConfig(text, name, rules);
    const [problem] = problems;
    if (!isReadable && problem !== undefined) return unusable(problem);
    const prices = readPriceFiles(path, config.priceTable);
    const line = lineOf(text, 'priceTable');
    const more = prices.problems.map((message) => ({ path: name, line, message }));
    const unknown = parser.unknownModels(text, name, config, prices.table);
    return { config, prices, problems: [...problems, ...more, ...unknown], failure: null };
  } catch (error) {
    return unusable({
      path: name,
      line: null,
      message: `the configuration cannot be read: ${describeFailure(error)}.`,
    });
  }
}

function unusable(failure: ConfigFailure): ConfigFile {
  return { config: DEFAULT_CONFIG, prices: NO_PRICE_FILES, problems: [], failure };
}

/**
 * The same for a file that `findConfig` found. If it is a link to something that the repository does not contain, it is
 * not read, because messages about a configuration quote it.
 */
export function readFoundConfig(...[path, name, rules, parser]: Parameters<typeof readConfigFile>): ConfigFile {
  if (!leadsAstray(path)) return readConfigFile(path, name, rules, parser);
  const message = 'the configuration cannot be read: it is a link to a file that is not part of the repository.';
  return unusable({ path: name, line: null, message });
}

/** From 1. */
function lineOf(text: string, key: string): number {
  return text.slice(0, Math.max(text.indexOf(`"${key}"`), 0)).split('\n').length;
}

function leadsAstray(path: string): boolean {
  try {
    const folder = dirname(path);
    const isLink = realpathSync(path) !== join(realpathSync(folder), basename(path));
    return isLink && !createReadPolicy([folder])(absolute(path));
  } catch {
    // Problems with it are reported when it is read.
    return false;
  }
}
