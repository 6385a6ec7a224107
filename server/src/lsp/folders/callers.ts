/**
 * Finds who calls the functions of open documents that lead to a request, in the background: lenses say it without a
 * scan of the workspace. It waits until typing has paused, gives way to everything else, and shows its progress if it
 * takes long.
 */
import type { Connection, WorkDoneProgressReporter } from 'vscode-languageserver';
import { messagesIn } from '../../report/messages/index.ts';
import type { ScanStep } from '../../workspace/workspace.ts';
import type { Client } from '../capabilities.ts';
import type { Updates } from '../diagnostics/updates.ts';
import type { Documents, OpenDocument } from '../documents/documents.ts';
import type { Guard } from '../guard.ts';
import { nextTurn, runSlice } from '../slices.ts';

/** Milliseconds without a change before the search begins. */
const QUIET = 500;
/** Slices of work before progress is shown. */
const SHORT = 100;

interface Parts {
  readonly connection: Connection;
  readonly client: Client;
  readonly documents: Documents;
  readonly updates: Updates;
  readonly guard: Guard;
}

export interface Callers {
  /** Documents were opened or changed, or files on the disk. */
  readonly findSoon: () => void;
}

export function createCallers({ connection, client, documents, updates, guard }: Parts): Callers {
  let timer: NodeJS.Timeout | null = null;
  /** Another one with each change: a search that began before it ends. */
  let turn = 0;

  const openProgress = async (onCancel: () => void): Promise<WorkDoneProgressReporter | null> => {
    if (!client.showsProgress) return null;
    const progress = await connection.window.createWorkDoneProgress();
    progress.token.onCancellationRequested(onCancel);
    progress.begin(messagesIn(client.language).editor.scan.callers, 0, undefined, true);
    return progress;
  };

  const find = async (): Promise<void> => {
    timer = null;
    const thisTurn = ++turn;
    const cancel = (): void => {
      turn++;
    };
    let progress: WorkDoneProgressReporter | null = null;
    let slices = 0;
    let hasNews = false;
    try {
      for (const open of documentsToSearch(documents)) {
        const steps = open.folder.workspace().findCallers(open.path);
        const before = callersOf(open);
        let share = 0;
        const note = ({ done, total }: ScanStep): void => {
          share = (100 * done) / total;
        };
        while (!runSlice(steps, note)) {
          if (++slices === SHORT) progress = await openProgress(cancel);
          progress?.report(share);
          await nextTurn();
          if (turn !== thisTurn) return;
        }
        hasNews ||= callersOf(open) !== before;
      }
    } finally {
      progress?.done();
    }
    if (hasNews) updates.display();
  };

  return {
    findSoon: () => {
      turn++;
      if (timer) clearTimeout(timer);
      timer = setTimeout(() => guard.runLater('the search for callers', find), QUIET);
      timer.unref();
    },
  };
}

/** A folder that was scanned is kept up to date as a whole. */
function documentsToSearch(documents: Documents): readonly OpenDocument[] {
  const byPath = new Map([...documents.all()].map((open) => [open.path, open]));
  return [...byPath.values()].filter(({ folder }) => !folder.isScanned);
}

/** How many callers its requests are known to have. */
function callersOf({ folder, path }: OpenDocument): number {
  const workspace = folder.workspace();
  return workspace.file(path).calls.reduce((sum, call) => sum + workspace.known.featuresOf(call).length, 0);
}
