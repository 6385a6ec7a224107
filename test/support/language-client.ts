/** A client for the built language server over stdio, as an editor speaks to it: for tests and benchmarks. */
import { type ChildProcess, spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import {
  type ClientCapabilities,
  createMessageConnection,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type InitializeResult,
  type MessageConnection,
  type Range,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';

export interface LanguageClient {
  readonly process: ChildProcess;
  readonly connection: MessageConnection;
  readonly capabilities: InitializeResult['capabilities'];
  /** Lines of the server's log, and of its standard error. */
  readonly log: readonly string[];
  /** Requests and notifications that the server sent, in order. */
  readonly received: readonly { readonly method: string; readonly params: unknown }[];
  readonly open: (path: string, languageId: string, text: string) => Promise<void>;
  /** Edits in order; each is a range and its new text, or the whole text. */
  readonly change: (path: string, edits: readonly { range?: Range; text: string }[]) => Promise<void>;
  readonly close: (path: string) => Promise<void>;
  /** Pulls the diagnostics of a document. */
  readonly pull: (path: string) => Promise<readonly Diagnostic[]>;
  readonly request: <Result>(method: string, params: unknown) => Promise<Result>;
  /** Shuts the server down as the protocol says; resolves to its exit status. */
  readonly stop: () => Promise<number | null>;
}

export interface ClientOptions {
  /** The program and its arguments; `node` is put in front. */
  readonly server: readonly string[];
  readonly root: string | null;
  readonly capabilities?: ClientCapabilities;
  readonly initializationOptions?: unknown;
  readonly env?: NodeJS.ProcessEnv;
  /** The client's settings, by section. */
  readonly configuration?: Readonly<Record<string, unknown>>;
}

/** What VS Code says of itself, as far as the server cares. */
export const FULL_CAPABILITIES: ClientCapabilities = {
  textDocument: {
    diagnostic: { dynamicRegistration: true, relatedDocumentSupport: false },
    hover: { contentFormat: ['markdown', 'plaintext'] },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ['', 'quickfix', 'source', 'source.fixAll'] } },
      resolveSupport: { properties: ['edit'] },
      dataSupport: true,
    },
  },
  workspace: {
    configuration: true,
    workspaceFolders: true,
    diagnostics: { refreshSupport: true },
    codeLens: { refreshSupport: true },
    inlayHint: { refreshSupport: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    workspaceEdit: { documentChanges: true, resourceOperations: ['create'] },
  },
  window: { workDoneProgress: true },
};

export async function startClient(options: ClientOptions): Promise<LanguageClient> {
  const child = spawn(process.execPath, [...options.server], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...options.env },
    ...(options.root === null ? {} : { cwd: options.root }),
  });
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const log: string[] = [];
  const received: { method: string; params: unknown }[] = [];
  const versions = new Map<string, number>();
  child.stderr.on('data', (data) => log.push(String(data)));
  connection.onNotification((method, params) => {
    received.push({ method, params });
    if (method === 'window/logMessage') log.push((params as { message: string }).message);
  });
  connection.onRequest((method, params) => {
    received.push({ method, params });
    if (method !== 'workspace/configuration') return null;
    const { items } = params as { items: readonly { section?: string }[] };
    return items.map(({ section }) => options.configuration?.[section ?? ''] ?? null);
  });
  connection.listen();

  const root = options.root === null ? null : pathToFileURL(options.root).href;
  const { capabilities } = await connection.sendRequest<InitializeResult>('initialize', {
    processId: process.pid,
    rootUri: root,
    workspaceFolders: root === null ? null : [{ uri: root, name: 'workspace' }],
    capabilities: options.capabilities ?? FULL_CAPABILITIES,
    initializationOptions: options.initializationOptions,
  });
  await connection.sendNotification('initialized', {});

  const uriOf = (path: string): string => (path.includes('://') ? path : pathToFileURL(path).href);
  return {
    process: child,
    connection,
    capabilities,
    log,
    received,
    open: (path, languageId, text) => {
      versions.set(path, 1);
      return connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri: uriOf(path), languageId, version: 1, text },
      });
    },
    change: (path, contentChanges) => {
      const version = (versions.get(path) ?? 1) + 1;
      versions.set(path, version);
      return connection.sendNotification('textDocument/didChange', {
        textDocument: { uri: uriOf(path), version },
        contentChanges,
      });
    },
    close: (path) => connection.sendNotification('textDocument/didClose', { textDocument: { uri: uriOf(path) } }),
    pull: async (path) => {
      const report = await connection.sendRequest<DocumentDiagnosticReport>('textDocument/diagnostic', {
        textDocument: { uri: uriOf(path) },
      });
      return report.kind === 'full' ? report.items : [];
    },
    request: (method, params) => connection.sendRequest(method, params),
    stop: async () => {
      const ended = new Promise<number | null>((resolve) => child.once('exit', (status) => resolve(status)));
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      const status = await ended;
      connection.dispose();
      return status;
    },
  };
}
