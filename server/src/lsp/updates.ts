/**
 * Telling the client that results changed: a pull client is asked to ask again, a push client is sent what it shows, and
 * whoever waits for news of the workspace is woken. Bursts are told once.
 */
import type { Connection } from 'vscode-languageserver';
import type { Client } from './capabilities.ts';
import { diagnosticsOf } from './diagnostics.ts';
import type { Documents } from './documents.ts';
import type { Guard } from './guard.ts';
import { CHANGED } from './protocol.ts';

export interface Updates {
  /** Results of these files are no longer known. `source` is the document whose edit did it, which the client asks about by itself. */
  readonly stale: (paths: ReadonlySet<string>, source: string | null) => void;
  /** Everything may be different: settings, configuration, a scan. */
  readonly everything: () => void;
  /** Ends when anything changes, or after `signal` aborts. */
  readonly nextChange: (signal: AbortSignal) => Promise<void>;
}

/** Milliseconds without a change before others than the typed-in document are told. */
const QUIET = 150;
/** The same for a client that is sent its diagnostics: it shows nothing until then. */
const PUSH_QUIET = 30;

export function createUpdates(connection: Connection, client: Client, documents: Documents, guard: Guard): Updates {
  const waiting = new Set<() => void>();
  const toPush = new Set<string>();
  let refresh = { timer: null as NodeJS.Timeout | null, diagnostics: false, display: false };
  let pushTimer: NodeJS.Timeout | null = null;

  const tell = (): void => {
    const { diagnostics, display } = refresh;
    refresh = { timer: null, diagnostics: false, display: false };
    if (diagnostics && client.refreshesDiagnostics) connection.languages.diagnostics.refresh();
    if (display && client.refreshesCodeLenses) void connection.sendRequest('workspace/codeLens/refresh');
    if (display && client.refreshesInlayHints) connection.languages.inlayHint.refresh();
    if (client.hasCommands) void connection.sendNotification(CHANGED);
    for (const wake of waiting) wake();
    waiting.clear();
  };

  const soon = (diagnostics: boolean, display: boolean): void => {
    if (refresh.timer) clearTimeout(refresh.timer);
    refresh = {
      timer: setTimeout(tell, QUIET),
      diagnostics: refresh.diagnostics || diagnostics,
      display: refresh.display || display,
    };
  };

  const push = (): void => {
    pushTimer = null;
    for (const open of documents.all()) {
      if (!toPush.has(open.path)) continue;
      const report = guard.run('diagnostics', null, () => diagnosticsOf(open, documents));
      if (report === null) continue;
      const { version } = open.document;
      void connection.sendDiagnostics({ uri: open.uri, version, diagnostics: report.items });
    }
    toPush.clear();
  };

  const pushSoon = (paths: Iterable<string>): void => {
    if (client.pullsDiagnostics) return;
    for (const path of paths) toPush.add(path);
    if (pushTimer === null) pushTimer = setTimeout(push, PUSH_QUIET);
  };

  return {
    stale: (paths, source) => {
      const own = source === null ? null : (documents.get(source)?.path ?? null);
      const touchesOthers = [...documents.all()].some((open) => open.path !== own && paths.has(open.path));
      pushSoon(paths);
      soon(touchesOthers, touchesOthers);
    },
    everything: () => {
      pushSoon([...documents.all()].map((open) => open.path));
      soon(true, true);
    },
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
