/**
 * Finds who calls the functions of open documents that lead to a request, in the background: lenses say it without a
 * scan of the workspace, and so do those of prompts in other open documents. It waits until typing has paused, gives way to everything else, and shows its progress if it
 * takes long.
 */
import type { Connection, WorkDoneProgressReporter } from 'vscode-languageserver';
import type { Origin } from '../../ir/origin.ts';
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
    const searched = documentsToSearch(documents);
    const before = searched.map(usesOf);
    try {
      for (const open of searched) {
        const workspace = open.folder.workspace();
        // What it calls and sends is shown in other documents.
        workspace.file(open.path);
        const steps = workspace.findCallers(open.path);
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
      }
    } finally {
      progress?.done();
    }
    if (searched.some((open, index) => usesOf(open) !== before[index])) updates.display();
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

/** How many calls are known to pass through it, or to send a text of it. */
function usesOf({ folder, path }: OpenDocument): number {
  const isHere = ({ origin }: { readonly origin: Origin | null }): boolean => origin?.path === path;
  return folder
    .workspace()
    .known.calls()
    .filter(({ via, sections }) => via.some(isHere) || sections.some(({ segments }) => segments.some(isHere))).length;
}
