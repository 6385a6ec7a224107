/** A client for the built language server over stdio, as an editor speaks to it: for tests and benchmarks. */
import { type ChildProcess, spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import {
  type CancellationToken,
  type ClientCapabilities,
  createMessageConnection,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type InitializeResult,
  type MessageConnection,
  type MessageReader,
  type MessageWriter,
  type Range,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';

export interface Received {
  readonly method: string;
  readonly params: unknown;
}

/** A client over any connection. Documents are named by absolute path, or by address. */
export interface ConnectedClient {
  readonly connection: MessageConnection;
  readonly capabilities: InitializeResult['capabilities'];
  /** Lines of the server's log, and of its standard error. */
  readonly log: readonly string[];
  /** Requests and notifications that the server sent, in order. */
  readonly received: readonly Received[];
  /** The parameters of the next message that fits, of those that came or come after the first `from`. */
  readonly next: <Params>(method: string, fits?: (params: Params) => boolean, from?: number) => Promise<Params>;
  readonly open: (path: string, languageId: string, text: string) => Promise<void>;
  /** Edits in order; each is a range and its new text, or the whole text. */
  readonly change: (path: string, edits: readonly { range?: Range; text: string }[]) => Promise<void>;
  readonly close: (path: string) => Promise<void>;
  /** Pulls the diagnostics of a document. */
  readonly pull: (path: string) => Promise<readonly Diagnostic[]>;
  readonly pullReport: (path: string, previousResultId?: string) => Promise<DocumentDiagnosticReport>;
  readonly request: <Result>(method: string, params: unknown, token?: CancellationToken) => Promise<Result>;
  readonly notify: (method: string, params: unknown) => Promise<void>;
}

export interface LanguageClient extends ConnectedClient {
  readonly process: ChildProcess;
  /** Shuts the server down as the protocol says; resolves to its exit status. */
  readonly stop: () => Promise<number | null>;
}

export interface ConnectOptions {
  /** Null for no folder, several for several roots. */
  readonly root: string | readonly string[] | null;
  readonly capabilities?: ClientCapabilities;
  readonly initializationOptions?: unknown;
  /** The language of the editor's texts. */
  readonly locale?: string;
  /** The client's settings, by section; read again whenever the server asks. */
  readonly configuration?: Readonly<Record<string, unknown>>;
  /** Answers to requests of the server by method, where null will not do. What throws is an error for the server. */
  readonly answers?: Readonly<Record<string, (params: unknown) => unknown>>;
}

export interface ClientOptions extends ConnectOptions {
  /** The program and its arguments; `node` is put in front. */
  readonly server: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

/** What VS Code says of itself, as far as the server cares. */
export const FULL_CAPABILITIES = {
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
    workspaceEdit: { documentChanges: true, resourceOperations: ['create'], snippetEditSupport: true },
  },
  window: { workDoneProgress: true },
} satisfies ClientCapabilities;

export async function startClient(options: ClientOptions): Promise<LanguageClient> {
  const { root } = options;
  const child = spawn(process.execPath, [...options.server], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...options.env },
    ...(typeof root === 'string' ? { cwd: root } : {}),
  });
  const errors: string[] = [];
  child.stderr.on('data', (data) => errors.push(String(data)));
  const client = await connectClient(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
    options,
    errors,
  );
  return {
    ...client,
    process: child,
    stop: async () => {
      const ended = new Promise<number | null>((resolve) => child.once('exit', (status) => resolve(status)));
      await client.request('shutdown', undefined);
      await client.notify('exit', undefined);
      const status = await ended;
      client.connection.dispose();
      return status;
    },
  };
}

/** Introduces a client to the server at the other end. What it logs is added to `log`. */
export async function connectClient(
  reader: MessageReader,
  writer: MessageWriter,
  options: ConnectOptions,
  log: string[] = [],
): Promise<ConnectedClient> {
  const connection = createMessageConnection(reader, writer);
  const received: Received[] = [];
  const waiting = new Set<() => void>();
  const versions = new Map<string, number>();
  const note = (method: string, params: unknown): void => {
    received.push({ method, params });
    for (const look of [...waiting]) look();
  };
  connection.onNotification((method, params) => {
    if (method === 'window/logMessage') log.push((params as { message: string }).message);
    note(method, params);
  });
  connection.onUnhandledProgress((params) => note('$/progress', params));
  connection.onRequest((method, params) => {
    note(method, params);
    const answer = options.answers?.[method];
    if (answer) return answer(params);
    if (method !== 'workspace/configuration') return null;
    const { items } = params as { items: readonly { section?: string }[] };
    return items.map(({ section }) => options.configuration?.[section ?? ''] ?? null);
  });
  connection.listen();

  const roots = options.root === null ? [] : [options.root].flat().map((root) => pathToFileURL(root).href);
  const { capabilities } = await connection.sendRequest<InitializeResult>('initialize', {
    processId: process.pid,
    rootUri: roots[0] ?? null,
    workspaceFolders: roots.length === 0 ? null : roots.map((uri) => ({ uri, name: uri })),
    capabilities: options.capabilities ?? FULL_CAPABILITIES,
    initializationOptions: options.initializationOptions,
    ...(options.locale === undefined ? {} : { locale: options.locale }),
  });
  await connection.sendNotification('initialized', {});

  const pullReport = (path: string, previousResultId?: string): Promise<DocumentDiagnosticReport> =>
    connection.sendRequest('textDocument/diagnostic', { textDocument: { uri: uriOf(path) }, previousResultId });

  return {
    connection,
    capabilities,
    log,
    received,
    next: <Params>(method: string, fits: (params: Params) => boolean = () => true, from = 0) =>
      new Promise<Params>((resolve) => {
        const look = (): void => {
          const found = received.slice(from).find((one) => one.method === method && fits(one.params as Params));
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found.params as Params);
        };
        waiting.add(look);
        look();
      }),
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
      const report = await pullReport(path);
      return report.kind === 'full' ? report.items : [];
    },
    pullReport,
    request: (method, params, token) =>
      token === undefined ? connection.sendRequest(method, params) : connection.sendRequest(method, params, token),
    notify: (method, params) => connection.sendNotification(method, params),
  };
}

export function uriOf(path: string): string {
  return /^[\w-]+:(?!\\)/.test(path) ? path : pathToFileURL(path).href;
}
