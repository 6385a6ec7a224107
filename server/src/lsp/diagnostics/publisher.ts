/**
 * Sending diagnostics to clients that do not ask. One that asks about documents, and cannot be told later that it may ask
 * about the workspace, is sent those of the files that are not open: a scan is the only way to them.
 */
import type { Connection } from 'vscode-languageserver';
import type { Client } from '../capabilities.ts';
import type { Documents } from '../documents/documents.ts';
import type { Folders } from '../folders/folders.ts';
import { workspaceDiagnostics } from './workspace-diagnostics.ts';

export interface Publisher {
  /** False where the client asks about everything itself. */
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
      // What the client asks about itself is not said twice.
      const asked = { known: sent, includesOpen: !client.pullsDiagnostics, language: client.language };
      for (const { uri, version, items, resultId } of workspaceDiagnostics(asked, folders.opened(), documents)) {
        if (items.length === 0) sent.delete(uri);
        else sent.set(uri, resultId);
        void connection.sendDiagnostics({ uri, diagnostics: items, ...(version === null ? {} : { version }) });
      }
    },
  };
}
