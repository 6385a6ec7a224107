/** The server's capabilities, and what it needs to know about the client's. */

import { type Language, languageOf } from '@farthing/shared/language';
import {
  type ClientCapabilities,
  CodeActionKind,
  type InitializeResult,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import { VERSION } from '../version.ts';

/** Commands for editors without our extension, which has its own. */
export const SERVER_COMMANDS = {
  scanWorkspace: 'farthing.server.scanWorkspace',
  /** Arguments as of the client's `showBreakdown`. */
  showBreakdown: 'farthing.server.showBreakdown',
} as const;
export const FIX_ALL = `${CodeActionKind.SourceFixAll}.farthing`;

/** The client's capabilities, as far as they affect the server. */
export interface Client {
  /** The language of findings. */
  readonly language: Language;
  readonly hasCommands: boolean;
  readonly pullsDiagnostics: boolean;
  readonly registersDiagnostics: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly refreshesCodeLenses: boolean;
  readonly refreshesInlayHints: boolean;
  readonly hasConfiguration: boolean;
  readonly hasWorkspaceFolders: boolean;
  readonly showsProgress: boolean;
  readonly registersWatchers: boolean;
  readonly resolvesCodeActions: boolean;
  readonly takesMarkdown: boolean;
  readonly takesDocumentChanges: boolean;
  readonly takesSnippets: boolean;
  readonly createsFiles: boolean;
}

export function clientOf(capabilities: ClientCapabilities, hasCommands: boolean, locale?: string): Client {
  const { textDocument, workspace } = capabilities;
  return {
    language: languageOf(locale),
    hasCommands,
    pullsDiagnostics: textDocument?.diagnostic !== undefined,
    registersDiagnostics: textDocument?.diagnostic?.dynamicRegistration === true,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    refreshesCodeLenses: workspace?.codeLens?.refreshSupport === true,
    refreshesInlayHints: workspace?.inlayHint?.refreshSupport === true,
    hasConfiguration: workspace?.configuration === true,
    hasWorkspaceFolders: workspace?.workspaceFolders === true,
    showsProgress: capabilities.window?.workDoneProgress === true,
    registersWatchers: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    resolvesCodeActions: textDocument?.codeAction?.resolveSupport?.properties.includes('edit') === true,
    takesMarkdown: textDocument?.hover?.contentFormat?.includes('markdown') === true,
    takesDocumentChanges: workspace?.workspaceEdit?.documentChanges === true,
    takesSnippets: workspace?.workspaceEdit?.snippetEditSupport === true,
    createsFiles: workspace?.workspaceEdit?.resourceOperations?.includes('create') === true,
  };
}

export const DIAGNOSTIC_OPTIONS = { identifier: 'farthing', interFileDependencies: true, workspaceDiagnostics: false };

export function initializeResult(client: Client): InitializeResult {
  return {
    serverInfo: { name: 'farthing', version: VERSION },
    capabilities: {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
      // Without a filter every cell is sent, because a cell is identified by its index over all of them.
      notebookDocumentSync: { notebookSelector: [{ notebook: { notebookType: 'jupyter-notebook' } }] },
      ...(client.pullsDiagnostics && !client.registersDiagnostics ? { diagnosticProvider: DIAGNOSTIC_OPTIONS } : {}),
      codeLensProvider: {},
      hoverProvider: true,
      inlayHintProvider: true,
      completionProvider: { triggerCharacters: ['"', "'", '`', '-', '.'] },
      codeActionProvider: {
        codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite, FIX_ALL],
        resolveProvider: client.resolvesCodeActions,
      },
      ...(client.hasCommands ? {} : { executeCommandProvider: { commands: Object.values(SERVER_COMMANDS) } }),
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    },
  };
}
