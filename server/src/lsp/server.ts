/**
 * The language server over a connection: its parts are created and connected once the client has stated its
 * capabilities.
 */
import { printableLines } from '@farthing/shared/printable';
import {
  type Connection,
  ErrorCodes,
  type InitializeParams,
  NotebookDocuments,
  ResponseError,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { clientOf, initializeResult } from './capabilities.ts';
import { createContext } from './create-context.ts';
import { createConfigProblems } from './diagnostics/config-problems.ts';
import { answerDiagnostics } from './diagnostics/diagnostic-requests.ts';
import { createPublisher } from './diagnostics/publisher.ts';
import { createUpdates } from './diagnostics/updates.ts';
import { createConfigDocuments } from './documents/config-documents.ts';
import { followDocuments } from './documents/document-sync.ts';
import { createDocuments } from './documents/documents.ts';
import { listenToNotebooks } from './documents/listen-notebooks.ts';
import { createSettling } from './documents/settling.ts';
import { watchDisk } from './documents/watched-files.ts';
import { createCallers } from './folders/callers.ts';
import { createFolders } from './folders/folders.ts';
import { answerScans, createScanner } from './folders/scanner.ts';
import { createGuard } from './guard.ts';
import { handlers } from './handlers/index.ts';
import { type InitializationOptions, TRUSTED } from './protocol.ts';
import { REFUSED, type Refusal } from './request-order.ts';
import { answerCommands } from './server-commands.ts';
import { createSettings } from './settings.ts';
import { createBaseCalls } from './since-head/base-calls.ts';
import { answerCommitLine } from './since-head/commit-line.ts';

export function startServer(connection: Connection, now: () => Date = () => new Date()): void {
  let isInitialized = false;
  // No other request has an answer before the client is initialised.
  connection.onRequest((method, parameters) => {
    if (method === REFUSED) throw new ResponseError(ErrorCodes.InvalidRequest, describeRefusal(parameters));
    if (isInitialized) throw new ResponseError(ErrorCodes.MethodNotFound, `method not found: ${method}`);
    throw new ResponseError(ErrorCodes.ServerNotInitialized, `${method} was sent before initialize`);
  });
  connection.onInitialize((parameters) => {
    isInitialized = true;
    return createServer(connection, parameters, now);
  });
  connection.listen();
}

function createServer(connection: Connection, parameters: InitializeParams, now: () => Date) {
  const options = parameters.initializationOptions as InitializationOptions | null | undefined;
  const client = clientOf(parameters.capabilities, options?.hasClientCommands === true, parameters.locale);
  const trust = followTrust(connection, options, () => baseCalls.lookSoon());
  const mayAskGit = (): boolean => trust.isGiven && settings.current().sinceHead.enabled;
  const log = (message: string): void => connection.console.error(printableLines(message));
  const guard = createGuard(log);
  const configs = createConfigDocuments();
  const folders = createFolders({
    now,
    openConfig: (path) => configs.at(path)?.getText() ?? null,
    // Of all at once, when what led to it is over.
    onConfigRead: () => void Promise.resolve().then(() => showConfigProblems(folders.all())),
    onRenewed: () => {
      updates.everything();
      scanner.keepCurrent(true);
    },
    onFailure: ({ path, message }) => guard.report(message, `${path}: ${message}`),
  });
  const documents = createDocuments(folders);
  const publisher = createPublisher(connection, client, folders, documents);
  const settling = createSettling(documents, guard);
  const updates = createUpdates({ connection, client, documents, publisher, settling, guard });
  const scanner = createScanner(folders, updates, guard);
  const callers = createCallers({ connection, client, documents, updates, guard });
  const baseCalls = createBaseCalls({ documents, updates, guard, mayAskGit });
  const onDisplayChanged = (): void => {
    updates.display();
    baseCalls.lookSoon();
  };
  const settings = createSettings(connection, client, onDisplayChanged, guard);
  const showConfigProblems = createConfigProblems(connection);
  const texts = new TextDocuments(TextDocument);
  const notebooks = new NotebookDocuments(texts);

  const onConfigChanged = (): void => {
    for (const folder of folders.all()) folder.refreshConfig();
    showConfigProblems(folders.all());
  };
  const followed = followDocuments({
    texts,
    notebooks,
    documents,
    configs,
    updates,
    scanner,
    callers,
    baseCalls,
    onConfigChanged,
  });
  const disk = watchDisk({ connection, client, folders, updates, scanner, callers, baseCalls, showConfigProblems });
  const diagnostics = answerDiagnostics({ connection, client, folders, documents, updates, settling, guard });
  const scans = answerScans({ connection, client, folders, scanner, onScanned: diagnostics.offerWorkspace });

  const context = createContext(
    {
      settings: settings.current,
      client,
      now,
      openFolders: folders.opened,
      folders: folders.all,
      configAt: configs.at,
      changesIn: ({ folder, path }) => baseCalls.changesIn(folder, path),
      log,
    },
    documents,
  );
  for (const { method, fallback, handle } of handlers) {
    connection.onRequest(method, (parameters: unknown, token) =>
      settling.answer(documentOf(parameters), token, () =>
        guard.run(method, fallback(parameters as never), () => handle(parameters as never, context, token)),
      ),
    );
  }

  answerCommitLine({ connection, folders, documents, mayAskGit: () => trust.isGiven });
  answerCommands({ connection, scans, context, guard });

  // Clients without workspace folders name one root.
  const roots = parameters.workspaceFolders ?? (parameters.rootUri ? [{ uri: parameters.rootUri }] : []);
  for (const { uri } of roots) folders.add(uri);

  connection.onInitialized(() => {
    // A client that refuses one registration may still accept the others.
    guard.runLater('the registration of diagnostics', diagnostics.register);
    guard.runLater('the registration of watched files', disk.register);
    guard.runLater('the registration of settings', settings.register);
    if (client.hasWorkspaceFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        for (const { uri } of removed) folders.remove(uri);
        for (const { uri } of added) folders.add(uri);
        documents.rehome();
        showConfigProblems(folders.all());
        updates.everything();
      });
    }
    showConfigProblems(folders.all());
  });
  texts.listen(connection);
  listenToNotebooks(connection, notebooks, followed.moveCells);
  return initializeResult(client);
}

function describeRefusal(parameters: unknown): string {
  const { method, isShutDown } = parameters as Refusal;
  return isShutDown ? `${method} was sent after shutdown` : `${method} was sent twice`;
}

/** Whether the client trusts what it has open. One that says nothing does. */
function followTrust(
  connection: Connection,
  options: InitializationOptions | null | undefined,
  onGiven: () => void,
): { readonly isGiven: boolean } {
  const trust = { isGiven: options?.isTrusted !== false };
  connection.onNotification(TRUSTED, () => {
    trust.isGiven = true;
    onGiven();
  });
  return trust;
}

/** The document that a request is about; null if it names none. */
function documentOf(parameters: unknown): string | null {
  const { uri, textDocument } = (parameters ?? {}) as { uri?: string; textDocument?: { uri: string } };
  return textDocument?.uri ?? uri ?? null;
}
