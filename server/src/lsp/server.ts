/** The language server over a connection: who is asked what. The protocol's methods themselves are under `handlers/`. */

import { CONFIG_FILE_NAME } from '@farthing/shared/config-defaults';
import {
  type CancellationToken,
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  DocumentDiagnosticReportKind,
  DocumentDiagnosticRequest,
  FileChangeType,
  type InitializeParams,
  NotebookDocuments,
  TextDocuments,
  type WorkDoneProgressReporter,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { nameOf } from '../engine/paths.ts';
import type { DiskChange } from '../engine/session.ts';
import { type Client, clientOf, DIAGNOSTIC_OPTIONS, initializeResult, SERVER_COMMANDS } from './capabilities.ts';
import { createConfigProblems } from './config-problems.ts';
import type { Handler, ServerContext } from './context.ts';
import { createContext } from './create-context.ts';
import { diagnosticsOf } from './diagnostics.ts';
import { createDocuments } from './documents.ts';
import { createFolders } from './folders.ts';
import { createGuard, throwIfCancelled } from './guard.ts';
import { handlers } from './handlers/index.ts';
import { type InitializationOptions, SCAN_WORKSPACE, type ScanWorkspaceResult } from './protocol.ts';
import { settingsFrom } from './settings.ts';
import { createUpdates, type Updates } from './updates.ts';
import { pathOf } from './uris.ts';
import { workspaceDiagnostics } from './workspace-diagnostics.ts';
import { scanFolders } from './workspace-scan.ts';

/** What the disk is watched for: sources, what says what imports mean, prompts beside the code, the configuration. */
const WATCHED = `**/{*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,py,ipynb,json,md,txt,yaml,toml},${CONFIG_FILE_NAME}}`;
const CHANGE_KINDS = {
  [FileChangeType.Created]: 'created',
  [FileChangeType.Changed]: 'changed',
  [FileChangeType.Deleted]: 'deleted',
} as const;

export function startServer(connection: Connection, now: () => Date = () => new Date()): void {
  const log = (message: string): void => connection.console.error(message);
  const guard = createGuard(log);
  const texts = new TextDocuments(TextDocument);
  const notebooks = new NotebookDocuments(texts);
  const folders = createFolders(now);
  const documents = createDocuments(folders);
  const showConfigProblems = createConfigProblems(connection);
  let client: Client = clientOf({}, false);
  let settings = settingsFrom(null);
  let updates: Updates;
  let context: ServerContext;
  let rescan: NodeJS.Timeout | null = null;

  connection.onInitialize((parameters: InitializeParams) => {
    const options = parameters.initializationOptions as InitializationOptions | undefined;
    client = clientOf(parameters.capabilities, options?.hasClientCommands === true);
    updates = createUpdates(connection, client, documents, guard);
    context = createContext(
      { settings: () => settings, client, now, workspace: folders.workspace, folders: folders.all, log },
      documents,
    );
    // Clients without workspace folders name one root, by address or, long ago, by path.
    const single = parameters.rootUri ?? null;
    const given = parameters.workspaceFolders ?? (single === null ? [] : [{ uri: single }]);
    for (const { uri } of given) addFolder(uri);
    return initializeResult(client);
  });

  connection.onInitialized(async () => {
    if (client.registersDiagnostics) await registerDiagnostics(false);
    if (client.registersWatchers) {
      await connection.client.register(DidChangeWatchedFilesNotification.type, {
        watchers: [{ globPattern: WATCHED }],
      });
    }
    if (client.hasConfiguration) {
      await connection.client.register(DidChangeConfigurationNotification.type, { section: 'farthing' });
      await readSettings(null);
    }
    if (client.hasWorkspaceFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        for (const { uri } of removed) folders.remove(pathOf(uri) ?? '');
        for (const { uri } of added) addFolder(uri);
        documents.rehome();
        showConfigProblems(folders.all());
        updates.everything();
      });
    }
    showConfigProblems(folders.all());
  });

  function addFolder(uri: string): void {
    const path = pathOf(uri);
    if (path !== null) folders.add(path);
  }

  connection.onDidChangeConfiguration(({ settings: given }) => readSettings(given));

  async function readSettings(given: unknown): Promise<void> {
    const section = client.hasConfiguration
      ? await connection.workspace.getConfiguration('farthing')
      : (given as { farthing?: unknown } | null)?.farthing;
    settings = settingsFrom(section);
    updates.everything();
  }

  // Documents. Each change is taken at once; what it means is worked out when the client asks.
  texts.onDidChangeContent(({ document }) => {
    if (notebooks.findNotebookDocumentForCell(document.uri) === undefined) {
      updates.stale(documents.change(document), document.uri);
    }
  });
  texts.onDidClose(({ document }) => updates.stale(documents.close(document.uri), document.uri));
  const setNotebook = (uri: string): void => {
    const notebook = notebooks.getNotebookDocument(uri);
    if (notebook === undefined) return;
    const stale = documents.setNotebook(notebook, (cell) => notebooks.getCellTextDocument(cell) ?? null);
    const [first] = notebook.cells;
    updates.stale(stale, first?.document ?? null);
  };
  notebooks.onDidOpen(({ uri }) => setNotebook(uri));
  notebooks.onDidChange(({ notebookDocument }) => setNotebook(notebookDocument.uri));
  notebooks.onDidClose(({ uri }) => updates.stale(documents.closeNotebook(uri), null));

  connection.onDidChangeWatchedFiles(({ changes }) => {
    const seen = changes.flatMap(({ uri, type }): DiskChange[] => {
      const path = pathOf(uri);
      return path === null ? [] : [{ path, kind: CHANGE_KINDS[type] }];
    });
    if (seen.some(({ path }) => nameOf(path) === CONFIG_FILE_NAME)) {
      for (const folder of folders.all()) folder.reload();
      showConfigProblems(folders.all());
      updates.everything();
    }
    const stale = new Set<string>();
    for (const folder of folders.all()) for (const path of folder.session().noteDiskChanges(seen)) stale.add(path);
    updates.stale(stale, null);
    keepScanned();
  });

  /** A workspace that was scanned once stays scanned: what changed on the disk is analysed when it has become quiet. */
  function keepScanned(): void {
    const scanned = folders.workspace().filter(({ isScanned }) => isScanned);
    if (scanned.length === 0) return;
    if (rescan) clearTimeout(rescan);
    rescan = setTimeout(async () => {
      rescan = null;
      if (await scanFolders(scanned, { isCancellationRequested: false })) updates.everything();
    }, 500);
  }

  // Diagnostics.
  let registration: { dispose(): void } | null = null;
  async function registerDiagnostics(workspace: boolean): Promise<void> {
    registration?.dispose();
    const options = { ...DIAGNOSTIC_OPTIONS, workspaceDiagnostics: workspace, documentSelector: null };
    registration = await connection.client.register(DocumentDiagnosticRequest.type, options);
  }

  connection.languages.diagnostics.on(({ textDocument, previousResultId }, token) => {
    throwIfCancelled(token);
    const open = documents.get(textDocument.uri);
    const report = guard.run('diagnostics', null, () => (open ? diagnosticsOf(open, documents) : null));
    if (report === null) return { kind: DocumentDiagnosticReportKind.Full, items: [] };
    return report.resultId === previousResultId
      ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId: report.resultId }
      : { kind: DocumentDiagnosticReportKind.Full, ...report };
  });

  connection.languages.diagnostics.onWorkspace(async (parameters, token) => {
    const cancel = new AbortController();
    token.onCancellationRequested(() => cancel.abort());
    // The client asks again as soon as it has an answer, so the answer waits until there is something to say.
    while (!cancel.signal.aborted) {
      const items = guard.run('workspace diagnostics', [], () =>
        workspaceDiagnostics(parameters, folders.workspace(), documents),
      );
      if (items.length > 0) return { items };
      await updates.nextChange(cancel.signal);
    }
    throwIfCancelled(token);
    return { items: [] };
  });

  // Scanning the workspace.
  async function openProgress(token: string | number | null, onCancel: () => void): Promise<WorkDoneProgressReporter> {
    if (token !== null) return connection.window.attachWorkDoneProgress(token);
    const progress = await connection.window.createWorkDoneProgress();
    progress.token.onCancellationRequested(onCancel);
    return progress;
  }

  async function scanWorkspace(
    token: CancellationToken,
    workDoneToken: string | number | null,
  ): Promise<ScanWorkspaceResult> {
    const started = performance.now();
    const stop = { isCancellationRequested: token.isCancellationRequested };
    const cancel = (): void => {
      stop.isCancellationRequested = true;
    };
    token.onCancellationRequested(cancel);
    const progress = await openProgress(workDoneToken, cancel);
    progress.begin('Farthing: scanning', 0, undefined, true);
    let files = 0;
    try {
      const isComplete = await scanFolders(folders.workspace(), stop, (done, total) => {
        files = total;
        progress.report((100 * done) / total, `${done.toLocaleString('en')} of ${total.toLocaleString('en')} files`);
      });
      if (isComplete && client.registersDiagnostics) await registerDiagnostics(true);
    } finally {
      progress.done();
      updates.everything();
    }
    const found = folders
      .workspace()
      .flatMap((folder) => [...folder.session().findings()].map(([, analysis]) => analysis));
    return {
      files,
      calls: found.reduce((sum, { calls }) => sum + calls.length, 0),
      findings: found.reduce((sum, { diagnostics }) => sum + diagnostics.length, 0),
      milliseconds: Math.round(performance.now() - started),
    };
  }
  connection.onRequest(
    SCAN_WORKSPACE,
    (parameters: { workDoneToken?: string | number } | null, token: CancellationToken) =>
      scanWorkspace(token, parameters?.workDoneToken ?? null),
  );
  connection.onExecuteCommand(async ({ command, workDoneToken }, token) => {
    if (command !== SERVER_COMMANDS.scanWorkspace) return null;
    const { calls, findings, files } = await scanWorkspace(token, workDoneToken ?? null);
    connection.window.showInformationMessage(`Farthing: ${calls} calls and ${findings} findings in ${files} files.`);
    return null;
  });

  // Everything else: one file a method.
  for (const { method, fallback, handle } of handlers) {
    connection.onRequest(method, (parameters: unknown, token: CancellationToken) => {
      throwIfCancelled(token);
      return guard.run(method, fallback, () => (handle as Handler<unknown, unknown>)(parameters, context, token));
    });
  }

  texts.listen(connection);
  notebooks.listen(connection);
  connection.listen();
}
