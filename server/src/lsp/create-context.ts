/** Creates the handlers' context from the open documents and folders. */
import type { ServerContext } from './context.ts';
import type { Documents } from './documents/documents.ts';
import { promptDocument } from './prompt-files/prompt-document.ts';
import { locationAt, offsetIn, rangeIn } from './request-location.ts';

export function createContext(
  parts: Pick<
    ServerContext,
    'settings' | 'client' | 'now' | 'configAt' | 'changesIn' | 'openFolders' | 'folders' | 'log'
  >,
  documents: Documents,
): ServerContext {
  return {
    ...parts,
    document: (uri) => {
      const open = documents.get(uri);
      if (!open) return null;
      const workspace = open.folder.workspace();
      const { calls } = workspace.file(open.path);
      const diagnostics = workspace.findings(open.path);
      return {
        uri,
        path: open.path,
        text: workspace.code.textOf(open.path) ?? '',
        workspace,
        folder: open.folder,
        calls: calls.filter((call) => rangeIn(open, workspace, call.origin) !== null),
        diagnostics: diagnostics.filter((diagnostic) => rangeIn(open, workspace, diagnostic.origin) !== null),
        rangeOf: (origin) => rangeIn(open, workspace, origin),
        locationOf: (origin) => locationAt(workspace, origin, documents),
        offsetAt: (position) => offsetIn(open, workspace, position),
      };
    },
    prompt: (uri) => {
      const open = documents.prompt(uri);
      return open && promptDocument(open, documents);
    },
    versionOf: (uri) => documents.get(uri)?.document.version ?? null,
    locationOf: (workspace, origin) => locationAt(workspace, origin, documents),
  };
}
