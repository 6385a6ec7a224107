/** A notebook as an editor holds it, and as the file that it would save. */
import type { ConnectedClient } from './language-client.ts';

export interface Cell {
  readonly uri: string;
  readonly kind: 'markdown' | 'code';
  readonly text: string;
}

const KINDS = { markdown: 1, code: 2 } as const;

/** The text of an `.ipynb` with these cells. */
export function notebookJson(cells: readonly Pick<Cell, 'kind' | 'text'>[]): string {
  return JSON.stringify({
    cells: cells.map(({ kind, text }) => ({
      cell_type: kind,
      metadata: {},
      source: text.split(/(?<=\n)/),
      ...(kind === 'code' ? { outputs: [], execution_count: null } : {}),
    })),
    metadata: { kernelspec: { language: 'python', name: 'python3', display_name: 'Python 3' } },
    nbformat: 4,
    nbformat_minor: 5,
  });
}

export function readCells(json: string, notebook: string): readonly Cell[] {
  const { cells } = JSON.parse(json) as { cells: readonly { cell_type: Cell['kind']; source: readonly string[] }[] };
  return cells.map(({ cell_type, source }, index) => ({
    uri: cellUri(notebook, `W${index}`),
    kind: cell_type,
    text: source.join(''),
  }));
}

export function cellUri(notebook: string, fragment: string): string {
  return `${notebook.replace(/^file:/, 'vscode-notebook-cell:')}#${fragment}`;
}

export interface OpenNotebook {
  readonly cells: () => readonly Cell[];
  /** Puts cells in the place of `count` others, as an editor says it when cells are added, removed or moved. */
  readonly splice: (start: number, count: number, cells: readonly Cell[]) => Promise<void>;
  /** Edits of one cell's text: what the client sends, and what the text is then. */
  readonly edit: (uri: string, changes: readonly object[], text: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** `language` is that of the code cells, by the editor's name for it. */
export async function openNotebook(
  client: Pick<ConnectedClient, 'notify'>,
  uri: string,
  initial: readonly Cell[],
  language = 'python',
): Promise<OpenNotebook> {
  const documentOf = ({ uri: cell, kind, text }: Cell): object => ({
    uri: cell,
    languageId: kind === 'code' ? language : kind,
    version: 1,
    text,
  });
  let cells = [...initial];
  let version = 1;
  await client.notify('notebookDocument/didOpen', {
    notebookDocument: { uri, notebookType: 'jupyter-notebook', version, cells: cells.map(structureOf) },
    cellTextDocuments: cells.map(documentOf),
  });
  const change = (given: object): Promise<void> =>
    client.notify('notebookDocument/didChange', {
      notebookDocument: { uri, version: ++version },
      change: { cells: given },
    });
  return {
    cells: () => cells,
    splice: (start, count, added) => {
      const before = new Set(cells.map((cell) => cell.uri));
      const removed = cells.slice(start, start + count);
      cells = [...cells.slice(0, start), ...added, ...cells.slice(start + count)];
      const after = new Set(cells.map((cell) => cell.uri));
      return change({
        structure: {
          array: { start, deleteCount: count, cells: added.map(structureOf) },
          didOpen: added.filter((cell) => !before.has(cell.uri)).map(documentOf),
          didClose: removed.filter((cell) => !after.has(cell.uri)).map((cell) => ({ uri: cell.uri })),
        },
      });
    },
    edit: (cell, changes, text) => {
      cells = cells.map((held) => (held.uri === cell ? { ...held, text } : held));
      return change({ textContent: [{ document: { uri: cell, version: version + 1 }, changes }] });
    },
    close: () =>
      client.notify('notebookDocument/didClose', {
        notebookDocument: { uri },
        cellTextDocuments: cells.map((cell) => ({ uri: cell.uri })),
      }),
  };
}

function structureOf({ uri, kind }: Cell): object {
  return { kind: KINDS[kind], document: uri };
}
