/**
 * Follows the documents that the client opens, edits and closes. A change is recorded at once; its effects are computed
 * on demand.
 */
import type { NotebookDocuments, TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Updates } from '../diagnostics/updates.ts';
import type { Callers } from '../folders/callers.ts';
import type { Scanner } from '../folders/scanner.ts';
import type { BaseCalls } from '../since-head/base-calls.ts';
import type { ConfigDocuments } from './config-documents.ts';
import type { Documents } from './documents.ts';

interface Parts {
  readonly texts: TextDocuments<TextDocument>;
  readonly notebooks: NotebookDocuments<TextDocument>;
  readonly documents: Documents;
  readonly configs: ConfigDocuments;
  /** Called when an open configuration has changed. */
  readonly onConfigChanged: () => void;
  readonly updates: Updates;
  readonly scanner: Scanner;
  readonly callers: Callers;
  readonly baseCalls: BaseCalls;
}

export interface FollowedDocuments {
  /** The notebook's cells have another order. */
  readonly moveCells: (uri: string) => void;
}

export function followDocuments(parts: Parts): FollowedDocuments {
  const { texts, notebooks, documents, configs, updates, scanner, callers, baseCalls, onConfigChanged } = parts;

  const noteStale = (paths: ReadonlySet<string>, source: string | null): void => {
    updates.stale(paths, source);
    scanner.keepCurrent(false);
    callers.findSoon();
    baseCalls.lookSoon();
  };
  const setNotebook = (uri: string): void => {
    const notebook = notebooks.getNotebookDocument(uri);
    if (notebook === undefined) return;
    const stale = documents.setNotebook(notebook, (cell) => notebooks.getCellTextDocument(cell) ?? null);
    const [first] = notebook.cells;
    noteStale(stale, first?.document ?? null);
  };

  texts.onDidChangeContent(({ document }) => {
    // A change of a cell is a change of its notebook.
    if (notebooks.findNotebookDocumentForCell(document.uri) !== undefined) return;
    if (configs.set(document)) onConfigChanged();
    else noteStale(documents.set(document), document.uri);
  });
  texts.onDidClose(({ document }) => {
    if (configs.close(document.uri)) onConfigChanged();
    else noteStale(documents.close(document.uri), document.uri);
  });
  notebooks.onDidOpen(({ uri }) => setNotebook(uri));
  notebooks.onDidChange(({ notebookDocument }) => setNotebook(notebookDocument.uri));
  notebooks.onDidClose(({ uri }) => noteStale(documents.closeNotebook(uri), null));
  return { moveCells: setNotebook };
}
