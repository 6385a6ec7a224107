/** Workspace scans: on request, and from then on whenever results of the first one are out of date. */
import type { CancellationToken, Connection, WorkDoneProgressReporter } from 'vscode-languageserver';
import { messagesIn } from '../../report/messages/index.ts';
import type { Client } from '../capabilities.ts';
import type { Updates } from '../diagnostics/updates.ts';
import { type Guard, throwIfCancelled } from '../guard.ts';
import { SCAN_WORKSPACE, type ScanWorkspaceResult } from '../protocol.ts';
import type { Folders } from './folders.ts';
import { scanFolders } from './workspace-scan.ts';

export interface Scanner {
  /** Resolves to false if it was cancelled. */
  readonly scan: (
    token: Pick<CancellationToken, 'isCancellationRequested'>,
    onProgress: (done: number, total: number) => void,
  ) => Promise<boolean>;
  /**
   * A workspace that was scanned stays scanned: once typing has paused, results that are out of date are computed
   * again. `isWalk` says that files may have been added or removed.
   */
  readonly keepCurrent: (isWalk: boolean) => void;
}

/** Milliseconds without a change before files that are not open are analysed again. */
const QUIET = 500;
const NEVER = { isCancellationRequested: false };

export function createScanner(folders: Folders, updates: Updates, guard: Guard): Scanner {
  let timer: NodeJS.Timeout | null = null;
  let mustWalk = false;

  const catchUp = async (): Promise<void> => {
    const isWalk = mustWalk;
    timer = null;
    mustWalk = false;
    const scanned = folders.opened().filter(({ isScanned }) => isScanned);
    await scanFolders(scanned, isWalk, NEVER);
    updates.everything();
  };

  return {
    scan: async (token, onProgress) => {
      const isComplete = await scanFolders(folders.opened(), true, token, onProgress);
      updates.everything();
      return isComplete;
    },
    keepCurrent: (isWalk) => {
      if (!folders.opened().some(({ isScanned }) => isScanned)) return;
      mustWalk ||= isWalk;
      if (timer) clearTimeout(timer);
      timer = setTimeout(() => guard.runLater('keeping the scan current', catchUp), QUIET);
    },
  };
}

interface Parts {
  readonly connection: Connection;
  readonly client: Client;
  readonly folders: Folders;
  readonly scanner: Scanner;
  /** Called after a scan that was not cancelled. */
  readonly onScanned: () => Promise<void>;
}

export interface AnsweredScans {
  /** For clients without the extension's request; returns what was found. */
  readonly scanByCommand: (token: CancellationToken, workDoneToken: string | number | undefined) => Promise<string>;
}

/** Handles the extension's request. */
export function answerScans({ connection, client, folders, scanner, onScanned }: Parts): AnsweredScans {
  const messages = messagesIn(client.language).editor.scan;
  const scan = async (token: CancellationToken, workDoneToken: string | number | null) => {
    const started = performance.now();
    const stop = { isCancellationRequested: token.isCancellationRequested };
    const cancel = (): void => {
      stop.isCancellationRequested = true;
    };
    token.onCancellationRequested(cancel);
    // Without a file watcher, changes since a file was read are unknown.
    if (!client.registersWatchers) for (const folder of folders.opened()) folder.reload();
    const progress = await openProgress(connection, workDoneToken, cancel);
    progress.begin(messages.title, 0, undefined, true);
    let files = 0;
    try {
      const isComplete = await scanner.scan(stop, (done, total) => {
        files = total;
        progress.report((100 * done) / total, messages.progress(done, total));
      });
      if (isComplete) await onScanned();
    } finally {
      progress.done();
    }
    throwIfCancelled(token);
    return { ...found(folders), files, milliseconds: Math.round(performance.now() - started) };
  };

  connection.onRequest(
    SCAN_WORKSPACE,
    (parameters: { workDoneToken?: string | number } | null, token): Promise<ScanWorkspaceResult> =>
      scan(token, parameters?.workDoneToken ?? null),
  );
  return {
    scanByCommand: async (token, workDoneToken) => {
      const { calls, findings, files } = await scan(token, workDoneToken ?? null);
      return messages.found(calls, findings, files);
    },
  };
}

async function openProgress(
  connection: Connection,
  token: string | number | null,
  onCancel: () => void,
): Promise<WorkDoneProgressReporter> {
  if (token !== null) return connection.window.attachWorkDoneProgress(token);
  const progress = await connection.window.createWorkDoneProgress();
  progress.token.onCancellationRequested(onCancel);
  return progress;
}

function found(folders: Folders): Pick<ScanWorkspaceResult, 'calls' | 'findings'> {
  let calls = 0;
  let findings = 0;
  for (const folder of folders.opened()) {
    const workspace = folder.workspace();
    for (const path of workspace.found()) {
      const shown = workspace.shown(path);
      calls += shown.analysis.calls.length;
      findings += shown.findings.length;
    }
  }
  return { calls, findings };
}
