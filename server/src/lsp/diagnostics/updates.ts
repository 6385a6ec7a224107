/**
 * Tells the client that results changed: a pull client is asked to pull again, a push client is sent its diagnostics,
 * and pending workspace requests are woken. Bursts of changes are reported once.
 */
import type { Connection } from 'vscode-languageserver';
import { CodeLensRefreshRequest, DiagnosticRefreshRequest, InlayHintRefreshRequest } from 'vscode-languageserver';
import type { Client } from '../capabilities.ts';
import type { Documents } from '../documents/documents.ts';
import type { Settling } from '../documents/settling.ts';
import type { Guard } from '../guard.ts';
import { CHANGED } from '../protocol.ts';
import type { Publisher } from './publisher.ts';

export interface Updates {
  /**
   * The results of these files are out of date. `source` is the document whose edit caused it; the client asks about
   * that one by itself.
   */
  readonly stale: (paths: ReadonlySet<string>, source: string | null) => void;
  /** Everything may have changed: the configuration, the folders, a scan. */
  readonly everything: () => void;
  /** The results are the same, but are to be shown differently. */
  readonly display: () => void;
  /** Resolves when anything changes, or after `signal` aborts. */
  readonly nextChange: (signal: AbortSignal) => Promise<void>;
}

/** Milliseconds without a change before anything but the edited document is updated. */
const QUIET = 150;
/** The same for a push client, which shows nothing until then. */
const PUSH_QUIET = 5;

interface Parts {
  readonly connection: Connection;
  readonly client: Client;
  readonly documents: Documents;
  readonly publisher: Publisher;
  readonly settling: Settling;
  readonly guard: Guard;
}

export function createUpdates({ connection, client, documents, publisher, settling, guard }: Parts): Updates {
  const waiting = new Set<() => void>();
  let due = { diagnostics: false, display: false };
  let timer: NodeJS.Timeout | null = null;
  let pushTimer: NodeJS.Timeout | null = null;

  const ask = (isAble: boolean, { method }: { readonly method: string }): void => {
    if (isAble) guard.runLater(method, () => connection.sendRequest(method));
  };

  const tell = (): void => {
    const { diagnostics, display } = due;
    timer = null;
    due = { diagnostics: false, display: false };
    ask(diagnostics && client.refreshesDiagnostics, DiagnosticRefreshRequest);
    ask(display && client.refreshesCodeLenses, CodeLensRefreshRequest);
    ask(display && client.refreshesInlayHints, InlayHintRefreshRequest);
    if (client.hasCommands) void connection.sendNotification(CHANGED);
    for (const wake of waiting) wake();
    waiting.clear();
  };

  const soon = (diagnostics: boolean, display: boolean): void => {
    due = { diagnostics: due.diagnostics || diagnostics, display: due.display || display };
    if (timer) clearTimeout(timer);
    timer = setTimeout(tell, QUIET);
  };

  const pushSoon = (): void => {
    if (!publisher.isNeeded || pushTimer !== null) return;
    pushTimer = setTimeout(() => {
      pushTimer = null;
      guard.runLater('diagnostics', async () => {
        await settling.until(null);
        publisher.publish();
      });
    }, PUSH_QUIET);
  };

  return {
    stale: (paths, source) => {
      const sourcePath = source === null ? null : (documents.get(source)?.path ?? null);
      const isElsewhere = ({ path }: { readonly path: string }): boolean => path !== sourcePath && paths.has(path);
      // What an open prompt file shows is about the calls that send it.
      const touchesOthers = [...documents.all()].some(isElsewhere) || [...documents.prompts()].length > 0;
      pushSoon();
      soon(touchesOthers, touchesOthers);
    },
    everything: () => {
      pushSoon();
      soon(true, true);
    },
    display: () => soon(false, true),
    nextChange: (signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve();
        waiting.add(resolve);
        signal.addEventListener('abort', () => {
          waiting.delete(resolve);
          resolve();
        });
      }),
  };
}
