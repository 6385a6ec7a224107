/**
 * What the feature calls of a document rest on is looked at before the document is asked about. In a large application
 * that takes a second when a file is opened, and no other request waits for it.
 */
import type { CancellationToken } from 'vscode-languageserver';
import type { Workspace } from '../../workspace/workspace.ts';
import { type Guard, throwIfCancelled } from '../guard.ts';
import { nextTurn, runSlice } from '../slices.ts';
import type { Documents, OpenDocument } from './documents.ts';

export interface Settling {
  /**
   * Null if everything is at hand: for the document at `uri`, or for all open documents. Otherwise resolves when it is,
   * whatever is edited in the meantime.
   */
  readonly until: (uri: string | null) => Promise<void> | null;
  /** Answers a request as soon as everything is at hand, unless it was cancelled by then. */
  readonly answer: <Result>(
    uri: string | null,
    token: CancellationToken,
    answer: () => Result,
  ) => Result | Promise<Result>;
}

export function createSettling(documents: Documents, guard: Guard): Settling {
  const underWay = new WeakMap<Workspace, Map<string, Promise<void>>>();

  /** If it fails, what is known is shown. */
  const isDone = (steps: Iterator<void>): boolean => guard.run('feature calls', true, () => runSlice(steps));

  const finish = async (steps: Iterator<void>): Promise<void> => {
    do await nextTurn();
    while (!isDone(steps));
  };

  const settle = ({ folder, path }: OpenDocument): Promise<void> | null => {
    const workspace = folder.workspace();
    const inWorkspace = underWay.get(workspace) ?? new Map<string, Promise<void>>();
    underWay.set(workspace, inWorkspace);
    const known = inWorkspace.get(path);
    if (known) return known;
    const steps = workspace.settle(path);
    if (isDone(steps)) return null;
    const settled = finish(steps).finally(() => inWorkspace.delete(path));
    inWorkspace.set(path, settled);
    return settled;
  };

  /** The first that is not settled. */
  const next = (uri: string | null): Promise<void> | null => {
    const asked = uri === null ? null : documents.get(uri);
    for (const open of asked ? [asked] : documents.all()) {
      const waiting = settle(open);
      if (waiting !== null) return waiting;
    }
    return null;
  };

  const until = (uri: string | null): Promise<void> | null => {
    const first = next(uri);
    if (first === null) return null;
    return (async () => {
      for (let waiting: Promise<void> | null = first; waiting !== null; waiting = next(uri)) await waiting;
    })();
  };

  return {
    until,
    answer: (uri, token, answer) => {
      throwIfCancelled(token);
      const waiting = until(uri);
      if (waiting === null) return answer();
      return waiting.then(() => {
        throwIfCancelled(token);
        return answer();
      });
    },
  };
}
