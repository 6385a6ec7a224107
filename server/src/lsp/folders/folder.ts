/**
 * A folder that the user works in: its configurations and its workspace, which is recreated when one of these changes.
 */
import * as parser from '@farthing/shared/config';
import { DEFAULT_CONFIG } from '@farthing/shared/config-defaults';
import { openWorkspace } from '../../analyzer.ts';
import { type ConfigFailure, configOf, readFoundConfig } from '../../files/config-file.ts';
import { NOT_MEASURED, readMeasuredFile } from '../../files/measured-file.ts';
import { createNestedConfigs } from '../../files/nested-configs.ts';
import { NO_PRICE_FILES } from '../../files/price-files.ts';
import type { Problem } from '../../files/problem.ts';
import { projectRoot } from '../../files/project-root.ts';
import { defaultSeverities } from '../../lint/rule-list.ts';
import type { NotebookText } from '../../workspace/sources.ts';
import type { Workspace } from '../../workspace/workspace.ts';

export interface Folder {
  /** Absolute POSIX path. */
  readonly root: string;
  readonly workspace: () => Workspace;
  /** Another workspace of the folder, with the same configurations: it knows nothing yet but, if asked, the open documents. */
  readonly openFresh: (withDocuments: boolean) => Workspace;
  /** The configuration that holds for a file of the folder, and the problems of those in use; absolute paths. */
  readonly configPathAt: (path: string) => string | null;
  readonly configProblems: () => ReadonlyMap<string, readonly parser.ConfigProblem[]>;
  /** Reads the configurations and what was measured again, and starts afresh if either changed; open documents are kept. */
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
  /** Called when a configuration was read, which may be while a file is analysed. */
  readonly onConfigRead: () => void;
  /** Called when every result may have changed: the configuration was read again, or a new day has begun. */
  readonly onRenewed: () => void;
  /** Called when a rule or the analysis of a file failed. */
  readonly onFailure: (failure: Problem) => void;
}

export function openFolder(root: string, options: FolderOptions): Folder {
  const { now, openConfig, onConfigRead, onRenewed, onFailure } = options;
  const open = new Map<string, string | NotebookText>();
  const problems = new Map<string, readonly parser.ConfigProblem[]>();
  let workspace: Workspace;
  let day = '';
  let measured = NOT_MEASURED;

  const nested = createNestedConfigs((path, before) => {
    const text = openConfig(path);
    const read =
      text === null
        ? readFoundConfig(path, path, defaultSeverities(), parser)
        : configOf(text, path, path, defaultSeverities(), parser);
    problems.set(path, read.failure ? [atLine(read.failure)] : read.problems);
    onConfigRead();
    // A text that is being edited may be invalid for a moment: the previous configuration stays in use.
    return text !== null && read.failure !== null && before !== null ? before : read;
  });

  const openFresh = (withDocuments: boolean): Workspace => {
    const { config, prices, folder } = nested.at(root) ?? {
      config: DEFAULT_CONFIG,
      prices: NO_PRICE_FILES,
      folder: root,
    };
    const fresh = openWorkspace({ root, config, prices, configFolder: folder, nested, measured, now, onFailure });
    if (withDocuments) for (const [path, text] of open) fresh.setOverlay(path, text);
    return fresh;
  };
  const start = (): void => {
    day = dayOf(now());
    measured = readMeasuredFile(projectRoot(root));
    if (measured.problem !== null) onFailure({ path: root, message: measured.problem });
    workspace = openFresh(true);
  };
  start();

  /** True if something has changed. */
  const readAgain = (): boolean => {
    problems.clear();
    return nested.refresh();
  };

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
    openFresh,
    configPathAt: (path) => nested.at(path)?.path ?? null,
    configProblems: () => problems,
    refreshConfig: () => {
      const isMeasuredAnew = readMeasuredFile(projectRoot(root)).fingerprint !== measured.fingerprint;
      if (readAgain() || isMeasuredAnew) renew();
    },
    reload: () => {
      readAgain();
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
