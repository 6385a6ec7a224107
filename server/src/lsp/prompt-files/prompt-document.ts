/** An open prompt file as the features see it. */
import type { Documents, OpenPrompt } from '../documents/documents.ts';
import { locationAt } from '../request-location.ts';
import type { PromptDocument } from './sent-text.ts';

export function promptDocument({ uri, path, folder, document }: OpenPrompt, documents: Documents): PromptDocument {
  const workspace = folder.workspace();
  return {
    uri,
    path,
    text: document.getText(),
    workspace,
    // Those of a file that is not open are as they were found.
    findingsIn: (file) =>
      [...documents.all()].some((one) => one.path === file) ? workspace.findings(file) : workspace.shown(file).findings,
    locationOf: (origin) => locationAt(workspace, origin, documents),
    rangeOf: (start, end) => ({ start: document.positionAt(start), end: document.positionAt(end) }),
  };
}
