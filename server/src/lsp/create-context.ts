/** The context of the handlers over the open documents and folders. */
import type { ServerContext } from './context.ts';
import type { Documents } from './documents.ts';
import { locationAt, offsetIn, rangeIn } from './request-location.ts';

export function createContext(
  parts: Pick<ServerContext, 'settings' | 'client' | 'now' | 'configAt' | 'workspace' | 'folders' | 'log'>,
  documents: Documents,
): ServerContext {
  return {
    ...parts,
    document: (uri) => {
      const open = documents.get(uri);
      if (!open) return null;
      const session = open.folder.session();
      const { calls, diagnostics } = session.analysisOf(open.path);
      return {
        uri,
        path: open.path,
        text: session.textOf(open.path) ?? '',
        session,
        folder: open.folder,
        calls: calls.filter((call) => rangeIn(open, session, call.origin) !== null),
        diagnostics: diagnostics.filter((diagnostic) => rangeIn(open, session, diagnostic.origin) !== null),
        rangeOf: (origin) => rangeIn(open, session, origin),
        locationOf: (origin) => locationAt(session, origin, documents),
        offsetAt: (position) => offsetIn(open, session, position),
      };
    },
    versionOf: (uri) => documents.get(uri)?.document.version ?? null,
    locationOf: (session, origin) => locationAt(session, origin, documents),
  };
}
