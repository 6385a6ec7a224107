/**
 * A folder that the user works in: its configuration and its workspace, which is recreated when the configuration
 * changes.
 */
import { dirname } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import * as parser from '@farthing/shared/config';
import { type Config, DEFAULT_CONFIG } from '@farthing/shared/config-defaults';
import { openWorkspace } from '../../analyzer.ts';
import { type ConfigFailure, configOf, findConfig, readFoundConfig } from '../../files/config-file.ts';
import { NO_TABLE, type PriceTableFile } from '../../files/price-table-file.ts';
import type { Problem } from '../../files/problem.ts';
import { defaultSeverities } from '../../lint/rule-list.ts';
import type { NotebookText } from '../../workspace/sources.ts';
import type { Workspace } from '../../workspace/workspace.ts';

export interface Folder {
  /** Absolute POSIX path. */
  readonly root: string;
  readonly workspace: () => Workspace;
  /** The configuration in use and its problems; absolute paths. */
  readonly configPath: () => string | null;
  readonly configProblems: () => readonly parser.ConfigProblem[];
  /** Reads the configuration again, and starts afresh if it has changed; open documents are kept. */
  readonly refreshConfig: () => void;
  /** Reads everything again. */
  readonly reload: () => void;
  readonly setText: (path: string, text: string | NotebookText | null) => ReadonlySet<string>;
  /** True once a scan of the whole folder was requested: from then on all of it is kept up to date. */
  isScanned: boolean;
}

export interface FolderOptions {
  readonly now: () => Date;
  /** The text of a configuration that is open in an editor; null if it is not open. */
  readonly openConfig: (path: string) => string | null;
  /** Called when every result may have changed: the configuration was read again, or a new day has begun. */
  readonly onRenewed: () => void;
  /** Called when a rule or the analysis of a file failed. */
  readonly onFailure: (failure: Problem) => void;
}

export function openFolder(root: string, { now, openConfig, onRenewed, onFailure }: FolderOptions): Folder {
  const open = new Map<string, string | NotebookText>();
  let configPath: string | null = null;
  let config: Config = DEFAULT_CONFIG;
  let prices: PriceTableFile = NO_TABLE;
  let problems: readonly parser.ConfigProblem[] = [];
  let workspace: Workspace;
  let day = '';

  /** True if something has changed. */
  const readConfig = (): boolean => {
    const [earlierPath, earlier] = [configPath, [config, prices.fingerprint]];
    configPath = findConfig(root);
    if (configPath === null) {
      problems = [];
      config = DEFAULT_CONFIG;
      prices = NO_TABLE;
    } else {
      const text = openConfig(configPath);
      const read =
        text === null
          ? readFoundConfig(configPath, configPath, defaultSeverities(), parser)
          : configOf(text, configPath, configPath, defaultSeverities(), parser);
      problems = read.failure ? [atLine(read.failure)] : read.problems;
      // A text that is being edited may be invalid for a moment: the previous configuration stays in use.
      if (text === null || read.failure === null || configPath !== earlierPath) ({ config, prices } = read);
    }
    return configPath !== earlierPath || !isDeepStrictEqual([config, prices.fingerprint], earlier);
  };

  const start = (): void => {
    day = dayOf(now());
    const configFolder = configPath === null ? root : dirname(configPath);
    workspace = openWorkspace({ root, config, prices, configFolder, now, onFailure });
    for (const [path, text] of open) workspace.setOverlay(path, text);
  };
  readConfig();
  start();

  const renew = (): void => {
    start();
    onRenewed();
  };

  return {
    root,
    workspace: () => {
      // Prices and retirements depend on the date, so a workspace opened yesterday is out of date.
      if (day !== dayOf(now())) renew();
      return workspace;
    },
    configPath: () => configPath,
    configProblems: () => problems,
    refreshConfig: () => {
      if (readConfig()) renew();
    },
    reload: () => {
      readConfig();
      renew();
    },
    setText: (path, text) => {
      if (text === null) open.delete(path);
      else open.set(path, text);
      return workspace.setOverlay(path, text);
    },
    isScanned: false,
  };
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/** A file that cannot be read has no line to point at. */
function atLine({ line, ...rest }: ConfigFailure): parser.ConfigProblem {
  return { ...rest, line: line ?? 1 };
}
