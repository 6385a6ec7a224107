/** `NotebookDocuments` takes up a change that only moves cells, but reports it to no one. */
import type { Connection, DidChangeNotebookDocumentParams, NotebookDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';

/** `onMoved` is called with the notebook's address once its cells have their new order. */
export function listenToNotebooks(
  connection: Connection,
  notebooks: NotebookDocuments<TextDocument>,
  onMoved: (uri: string) => void,
): void {
  const { synchronization } = connection.notebooks;
  notebooks.listen({
    ...connection,
    notebooks: {
      synchronization: {
        ...synchronization,
        onDidChangeNotebookDocument: (handle) =>
          synchronization.onDidChangeNotebookDocument(async (params) => {
            await handle(params);
            if (onlyMoves(params)) onMoved(params.notebookDocument.uri);
          }),
      },
    },
  } as Connection);
}

function onlyMoves({ change: { cells } }: DidChangeNotebookDocumentParams): boolean {
  const { didOpen = [], didClose = [] } = cells?.structure ?? {};
  const isReported = [didOpen, didClose, cells?.data ?? [], cells?.textContent ?? []].some((list) => list.length > 0);
  return cells?.structure !== undefined && !isReported;
}
