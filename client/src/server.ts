/** The language server as a process next to the extension host, and the requests that only this extension makes. */
import * as vscode from 'vscode';
import { type CodeAction, LanguageClient, State, TransportKind, type WorkspaceEdit } from 'vscode-languageclient/node';
import type * as protocol from '../../server/src/lsp/protocol.ts';

export interface Server extends vscode.Disposable {
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
  readonly restart: () => Promise<void>;
  /** Null if the server is not running or has no answer; its log then says why. */
  readonly request: <Result>(
    method: string,
    parameters: unknown,
    token?: vscode.CancellationToken,
  ) => Promise<Result | null>;
  /** Adds the edit to a code action of the server's, makes it, and saves the files that had nothing unsaved before. */
  readonly applyAction: (action: CodeAction) => Promise<void>;
  /** As the editor has it. */
  readonly editOf: (edit: WorkspaceEdit) => Promise<vscode.WorkspaceEdit>;
  /**
   * Scans every workspace folder; null if it was cancelled or failed. `onProgress` receives whole percents and a text.
   */
  readonly scan: (
    token: vscode.CancellationToken,
    onProgress: (percent: number, message: string) => void,
  ) => Promise<protocol.ScanWorkspaceResult | null>;
  /** The server runs, for the first time or again. */
  readonly onStarted: vscode.Event<void>;
  /** Results changed. */
  readonly onChanged: vscode.Event<void>;
}

const LANGUAGES = ['typescript', 'typescriptreact', 'javascript', 'javascriptreact', 'python'];
const CHANGED: typeof protocol.CHANGED = 'farthing/changed';
const TRUSTED: typeof protocol.TRUSTED = 'farthing/trusted';
const SCAN_WORKSPACE: typeof protocol.SCAN_WORKSPACE = 'farthing/scanWorkspace';

export function createServer(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): Server {
  const changed = new vscode.EventEmitter<void>();
  const started = new vscode.EventEmitter<void>();
  const module = vscode.Uri.joinPath(context.extensionUri, 'server', 'dist', 'lsp.cjs').fsPath;
  const initializationOptions: protocol.InitializationOptions = {
    hasClientCommands: true,
    isTrusted: vscode.workspace.isTrusted,
  };
  const client = new LanguageClient(
    'farthing',
    'Farthing',
    { module, transport: TransportKind.ipc },
    {
      documentSelector: [
        // Changes in a configuration take effect before it is saved.
        { scheme: 'file', pattern: '**/farthing.config.json' },
        // What a prompt file or a template says changes what its calls cost before it is saved.
        { scheme: 'file', pattern: '**/*.{md,mdx,txt,prompt,j2,jinja,jinja2,hbs,mustache,liquid,njk}' },
        ...LANGUAGES.flatMap((language) => [
          { scheme: 'file', language },
          { scheme: 'untitled', language },
        ]),
        ...['python', 'typescript', 'javascript'].map((language) => ({
          notebook: { notebookType: 'jupyter-notebook' },
          language,
        })),
      ],
      outputChannel: log,
      initializationOptions,
      diagnosticPullOptions: { onChange: true, onTabs: false },
    },
  );
  let progressCount = 0;

  const start = async (): Promise<void> => {
    try {
      await client.start();
    } catch (error) {
      log.error(String(error));
      const show = vscode.l10n.t('Show log');
      const message = vscode.l10n.t('Farthing: the language server did not start. No costs are shown until it does.');
      if ((await vscode.window.showErrorMessage(message, show)) === show) log.show();
    }
  };
  const stop = async (): Promise<void> => {
    if (client.needsStop()) await client.stop();
  };
  const trusted = vscode.workspace.onDidGrantWorkspaceTrust(() => {
    if (client.isRunning()) void client.sendNotification(TRUSTED);
  });
  client.onNotification(CHANGED, () => changed.fire());
  const states = client.onDidChangeState(({ newState }) => {
    if (newState !== State.Running) return;
    started.fire();
    changed.fire();
  });

  const request = async <Result>(
    method: string,
    parameters: unknown,
    token?: vscode.CancellationToken,
  ): Promise<Result | null> => {
    if (!client.isRunning()) return null;
    try {
      // An undefined token would be sent as a second parameter.
      return await (token === undefined
        ? client.sendRequest<Result | null>(method, parameters)
        : client.sendRequest<Result | null>(method, parameters, token));
    } catch (error) {
      if (!token?.isCancellationRequested) log.warn(`${method}: ${error}`);
      return null;
    }
  };

  return {
    start,
    stop,
    restart: async () => {
      if (client.needsStop()) await client.restart();
      else await start();
    },
    request,
    applyAction: async (action) => {
      const resolved = await request<CodeAction>('codeAction/resolve', action);
      const edit = resolved?.edit && (await client.protocol2CodeConverter.asWorkspaceEdit(resolved.edit));
      if (!edit) return;
      const unsaved = new Set(
        vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty).map(({ uri }) => uri.toString()),
      );
      const wasUnsaved = ({ uri }: vscode.TextDocument): boolean => unsaved.has(uri.toString());
      if (!(await vscode.workspace.applyEdit(edit))) return;
      const changedUris = new Set(edit.entries().map(([uri]) => uri.toString()));
      for (const document of vscode.workspace.textDocuments) {
        if (changedUris.has(document.uri.toString()) && !wasUnsaved(document)) await document.save();
      }
    },
    editOf: (edit) => client.protocol2CodeConverter.asWorkspaceEdit(edit),
    scan: async (token, onProgress) => {
      const workDoneToken = `farthing-scan-${progressCount++}`;
      const listener = client.onNotification('$/progress', (note: { token: unknown; value: Progress }) => {
        if (note.token === workDoneToken) onProgress(note.value.percentage ?? 0, note.value.message ?? '');
      });
      try {
        return await request<protocol.ScanWorkspaceResult>(SCAN_WORKSPACE, { workDoneToken }, token);
      } finally {
        listener.dispose();
      }
    },
    onStarted: started.event,
    onChanged: changed.event,
    dispose: () => {
      for (const part of [states, trusted, started, changed]) part.dispose();
    },
  };
}

interface Progress {
  readonly percentage?: number;
  readonly message?: string;
}
