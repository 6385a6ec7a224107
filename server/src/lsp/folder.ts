/** One folder that is worked in: its configuration and its session, made anew where the configuration changes. */
import { dirname } from 'node:path';
import { type ConfigProblem, parseConfig } from '@farthing/shared/config';
import { DEFAULT_CONFIG } from '@farthing/shared/config-defaults';
import { openSession } from '../analyzer.ts';
import { type ConfigFailure, findConfig, readFoundConfig } from '../files/config-file.ts';
import type { Problem } from '../files/problem.ts';
import { defaultSeverities } from '../lint/rule-list.ts';
import type { NotebookText } from '../workspace/project.ts';
import type { Session } from '../workspace/session.ts';

export interface Folder {
  /** Absolute POSIX path. */
  readonly root: string;
  readonly session: () => Session;
  /** The configuration that holds, and what is wrong with it; absolute paths. */
  readonly configPath: () => string | null;
  readonly configProblems: () => readonly ConfigProblem[];
  /** Reads the configuration again and starts anew; what editors hold is kept. */
  readonly reload: () => void;
  readonly setText: (path: string, text: string | NotebookText | null) => ReadonlySet<string>;
  /** True once somebody asked for a scan of the whole folder: from then on all of it is kept up to date. */
  isScanned: boolean;
}

export interface FolderOptions {
  readonly now: () => Date;
  /** Every result may be different from now on: the configuration was read again, or a day has begun. */
  readonly onRenewed: () => void;
  /** A rule or the analysis of a file failed. */
  readonly onFailure: (failure: Problem) => void;
}

export function openFolder(root: string, { now, onRenewed, onFailure }: FolderOptions): Folder {
  const open = new Map<string, string | NotebookText>();
  let configPath: string | null = null;
  let problems: readonly ConfigProblem[] = [];
  let session: Session;
  let day = '';

  const start = (): void => {
    const path = findConfig(root);
    configPath = path;
    const read = path === null ? null : readFoundConfig(path, path, defaultSeverities(), parseConfig);
    problems = read === null ? [] : read.failure ? [atLine(read.failure)] : read.problems;
    day = dayOf(now());
    session = openSession({
      root,
      config: read?.config ?? DEFAULT_CONFIG,
      configFolder: path === null ? root : dirname(path),
      now,
      onFailure,
    });
    for (const [path, text] of open) session.setText(path, text);
  };
  start();

  const reload = (): void => {
    start();
    onRenewed();
  };

  return {
    root,
    session: () => {
      // Prices and retirements are dated: what was opened yesterday is out of date.
      if (day !== dayOf(now())) reload();
      return session;
    },
    configPath: () => configPath,
    configProblems: () => problems,
    reload,
    setText: (path, text) => {
      if (text === null) open.delete(path);
      else open.set(path, text);
      return session.setText(path, text);
    },
    isScanned: false,
  };
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/** A file that cannot be read has no line to point at. */
function atLine({ line, ...rest }: ConfigFailure): ConfigProblem {
  return { ...rest, line: line ?? 1 };
}
