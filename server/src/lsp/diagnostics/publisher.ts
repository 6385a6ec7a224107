/**
 * Pushes diagnostics to clients that do not pull them. A client that pulls diagnostics of documents, but cannot be told
 * later that it can pull those of the workspace, is sent those of the files that are not open: only a scan can show
 * them.
 */
import type { Connection } from 'vscode-languageserver';
import type { Client } from '../capabilities.ts';
import type { Documents } from '../documents/documents.ts';
import type { Folders } from '../folders/folders.ts';
import { workspaceDiagnostics } from './workspace-diagnostics.ts';

export interface Publisher {
  /** False if the client pulls everything. */
  readonly isNeeded: boolean;
  /** Sends what differs from what was sent before. */
  readonly publish: () => void;
}

export function createPublisher(
  connection: Connection,
  client: Client,
  folders: Folders,
  documents: Documents,
): Publisher {
  const sent = new Map<string, string>();
  return {
    isNeeded: !client.registersDiagnostics,
    publish: () => {
      // Diagnostics that the client pulls are not pushed as well.
      const asked = { known: sent, includesOpen: !client.pullsDiagnostics, language: client.language };
      for (const { uri, version, items, resultId } of workspaceDiagnostics(asked, folders.opened(), documents)) {
        if (items.length === 0) sent.delete(uri);
        else sent.set(uri, resultId);
        void connection.sendDiagnostics({ uri, diagnostics: items, ...(version === null ? {} : { version }) });
      }
    },
  };
}
