/**
 * The files and notebooks that are open in the editor. Each change is passed to the workspace of its folder at once;
 * results are computed on demand.
 */
import type { NotebookCell, NotebookDocument } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { joinSources } from '../../frontends/notebook/notebook.ts';
import type { CellStart } from '../../ir/positions.ts';
import type { NotebookText } from '../../workspace/sources.ts';
import type { Folder } from '../folders/folder.ts';
import type { Folders } from '../folders/folders.ts';
import { analysedPathOf, pathOf, promptPathOf } from '../uris.ts';

/** An open document: a file, or one cell of a notebook. */
export interface OpenDocument {
  readonly uri: string;
  /** The path of the file, or of the notebook. */
  readonly path: string;
  readonly folder: Folder;
  readonly document: TextDocument;
  /** Index over all cells of the notebook; null for a file. */
  readonly cell: number | null;
}

/** An open text that a program may read as a prompt or as a template. */
export type OpenPrompt = Pick<OpenDocument, 'uri' | 'path' | 'folder' | 'document'>;

export interface Documents {
  readonly get: (uri: string) => OpenDocument | null;
  readonly all: () => Iterable<OpenDocument>;
  readonly prompt: (uri: string) => OpenPrompt | null;
  readonly prompts: () => Iterable<OpenPrompt>;
  /** The address of an open document without cells; null if there is none for this path. */
  readonly uriAt: (path: string) => string | null;
  /** The address of a notebook's cell; null if the notebook is not open. */
  readonly cellUri: (path: string, cell: number) => string | null;
  /**
   * Sets the text of a document that was opened or changed. This and the following functions return the files whose
   * results are out of date.
   */
  readonly set: (document: TextDocument) => ReadonlySet<string>;
  readonly close: (uri: string) => ReadonlySet<string>;
  readonly setNotebook: (
    notebook: NotebookDocument,
    textOf: (cell: NotebookCell) => TextDocument | null,
  ) => ReadonlySet<string>;
  readonly closeNotebook: (uri: string) => ReadonlySet<string>;
  /** Moves every document to the folder that it now belongs to, after folders were opened or closed. */
  readonly rehome: () => void;
}

const NONE: ReadonlySet<string> = new Set();
const CODE_CELL = 2;

export function createDocuments(folders: Folders): Documents {
  const files = new Map<string, OpenDocument>();
  const notebooks = new Map<string, { path: string; folder: Folder; cells: OpenDocument[]; text: NotebookText }>();
  const cells = new Map<string, OpenDocument>();
  const prompts = new Map<string, OpenPrompt>();

  const dropCells = (uri: string): void => {
    for (const cell of notebooks.get(uri)?.cells ?? []) cells.delete(cell.uri);
  };

  const letGo = (): void => {
    const held = [...files.values(), ...notebooks.values(), ...prompts.values()];
    folders.keepOnly(new Set(held.map(({ folder }) => folder)));
  };

  /** A closed document has the content on disk again. */
  const giveBack = (held: { readonly folder: Folder; readonly path: string } | undefined): ReadonlySet<string> => {
    const stale = held ? held.folder.setText(held.path, null) : NONE;
    letGo();
    return stale;
  };

  const setPrompt = (document: TextDocument): ReadonlySet<string> => {
    const path = promptPathOf(document.uri);
    if (path === null) return NONE;
    const folder = prompts.get(document.uri)?.folder ?? folders.of(path);
    prompts.set(document.uri, { uri: document.uri, path, folder, document });
    return folder.setText(path, document.getText());
  };

  return {
    get: (uri) => files.get(uri) ?? cells.get(uri) ?? null,
    *all() {
      yield* files.values();
      yield* cells.values();
    },
    prompt: (uri) => prompts.get(uri) ?? null,
    prompts: () => prompts.values(),
    uriAt: (path) => [...files.values()].find((held) => held.path === path)?.uri ?? null,
    cellUri: (path, cell) => {
      for (const notebook of notebooks.values()) {
        if (notebook.path === path) return notebook.cells.find((held) => held.cell === cell)?.uri ?? null;
      }
      return null;
    },
    set: (document) => {
      const [first] = folders.opened();
      const path = analysedPathOf(document.uri, document.languageId, first?.root ?? null);
      if (path === null) return setPrompt(document);
      const folder = files.get(document.uri)?.folder ?? folders.of(path);
      files.set(document.uri, { uri: document.uri, path, folder, document, cell: null });
      return folder.setText(path, document.getText());
    },
    close: (uri) => {
      const held = files.get(uri) ?? prompts.get(uri);
      files.delete(uri);
      prompts.delete(uri);
      return giveBack(held);
    },
    setNotebook: (notebook, textOf) => {
      const path = pathOf(notebook.uri);
      if (path === null) return NONE;
      const folder = notebooks.get(notebook.uri)?.folder ?? folders.of(path);
      dropCells(notebook.uri);
      const openCells: OpenDocument[] = [];
      const code = notebook.cells.map((cell) => (cell.kind === CODE_CELL ? textOf(cell) : null));
      const language = code.map((document) => languageOf(document)).find((found) => found !== null) ?? 'python';
      const sources = code.map((document, index) => {
        if (document === null || languageOf(document) !== language) return null;
        openCells.push({ uri: document.uri, path, folder, document, cell: index });
        return document.getText();
      });
      for (const cell of openCells) cells.set(cell.uri, cell);
      const joined: { text: string; cells: readonly CellStart[] } = joinSources(sources, language);
      const text: NotebookText = { ...joined, language, problem: null };
      notebooks.set(notebook.uri, { path, folder, cells: openCells, text });
      return folder.setText(path, text);
    },
    closeNotebook: (uri) => {
      const held = notebooks.get(uri);
      dropCells(uri);
      notebooks.delete(uri);
      return giveBack(held);
    },
    rehome: () => {
      for (const [uri, held] of files) {
        const folder = folders.of(held.path);
        if (folder === held.folder) continue;
        held.folder.setText(held.path, null);
        folder.setText(held.path, held.document.getText());
        files.set(uri, { ...held, folder });
      }
      for (const [uri, held] of prompts) {
        const folder = folders.of(held.path);
        if (folder === held.folder) continue;
        held.folder.setText(held.path, null);
        folder.setText(held.path, held.document.getText());
        prompts.set(uri, { ...held, folder });
      }
      for (const held of notebooks.values()) {
        const folder = folders.of(held.path);
        if (folder === held.folder) continue;
        held.folder.setText(held.path, null);
        folder.setText(held.path, held.text);
        held.folder = folder;
        held.cells = held.cells.map((cell) => ({ ...cell, folder }));
        for (const cell of held.cells) cells.set(cell.uri, cell);
      }
      letGo();
    },
  };
}

/** A notebook has one language: cells in another one (SQL, a shell) are not part of its code. */
function languageOf(document: TextDocument | null): NotebookText['language'] | null {
  if (document === null) return null;
  if (document.languageId === 'python') return 'python';
  return /^(?:type|java)script(?:react)?$/.test(document.languageId) ? 'typescript' : null;
}
