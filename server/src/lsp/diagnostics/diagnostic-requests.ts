/** Diagnostics for pull clients: of one document, and of the workspace once a scan of it was requested. */
import {
  type Connection,
  type Disposable,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  DocumentDiagnosticRequest,
} from 'vscode-languageserver';
import { type Client, DIAGNOSTIC_OPTIONS } from '../capabilities.ts';
import type { Documents } from '../documents/documents.ts';
import type { Settling } from '../documents/settling.ts';
import type { Folders } from '../folders/folders.ts';
import { type Guard, throwIfCancelled } from '../guard.ts';
import { diagnosticsOf, diagnosticsOfPrompt } from './diagnostics.ts';
import type { Updates } from './updates.ts';
import { workspaceDiagnostics } from './workspace-diagnostics.ts';

interface Parts {
  readonly connection: Connection;
  readonly client: Client;
  readonly folders: Folders;
  readonly documents: Documents;
  readonly updates: Updates;
  readonly settling: Settling;
  readonly guard: Guard;
}

export interface DiagnosticRequests {
  /** Tells a client with dynamic registration that it can ask about documents. */
  readonly register: () => Promise<void>;
  /** The same about the workspace. From then on the client keeps asking, so this is only offered after a scan. */
  readonly offerWorkspace: () => Promise<void>;
}

export function answerDiagnostics({
  connection,
  client,
  folders,
  documents,
  updates,
  settling,
  guard,
}: Parts): DiagnosticRequests {
  connection.languages.diagnostics.on(({ textDocument, previousResultId }, token) =>
    settling.answer(textDocument.uri, token, (): DocumentDiagnosticReport => {
      const open = documents.get(textDocument.uri);
      const prompt = documents.prompt(textDocument.uri);
      const report = guard.run('diagnostics', null, () => {
        if (open) return diagnosticsOf(open, documents, client.language);
        return prompt && diagnosticsOfPrompt(prompt, documents, client.language);
      });
      if (report === null) return { kind: DocumentDiagnosticReportKind.Full, items: [] };
      return report.resultId === previousResultId
        ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId: report.resultId }
        : { kind: DocumentDiagnosticReportKind.Full, ...report };
    }),
  );

  connection.languages.diagnostics.onWorkspace(async ({ previousResultIds }, token) => {
    const known = new Map(previousResultIds.map(({ uri, value }) => [uri, value]));
    const cancel = new AbortController();
    token.onCancellationRequested(() => cancel.abort());
    // The client asks again as soon as it has an answer, so the answer waits until something has changed.
    while (!token.isCancellationRequested) {
      await settling.until(null);
      const items = guard.run('workspace diagnostics', [], () =>
        workspaceDiagnostics({ known, includesOpen: true, language: client.language }, folders.opened(), documents),
      );
      if (items.length > 0) return { items };
      await updates.nextChange(cancel.signal);
    }
    throwIfCancelled(token);
    return { items: [] };
  });

  let registration: Disposable | null = null;
  let isWorkspaceOffered = false;
  const register = async (workspaceDiagnostics: boolean): Promise<void> => {
    registration?.dispose();
    const options = { ...DIAGNOSTIC_OPTIONS, workspaceDiagnostics, documentSelector: null };
    registration = await connection.client.register(DocumentDiagnosticRequest.type, options);
  };

  return {
    register: async () => {
      if (client.registersDiagnostics) await register(false);
    },
    offerWorkspace: async () => {
      if (!client.registersDiagnostics || isWorkspaceOffered) return;
      isWorkspaceOffered = true;
      await register(true);
    },
  };
}
