/**
 * Jupyter notebooks: the code cells in the kernel's language, in order, as one module. A name that two cells define is
 * rebound, just as when the cells run one after the other.
 */
import type { ModuleNode } from '../../ir/nodes.ts';
import { kernelLanguage } from './kernel.ts';
import { blankMagics, closersOf } from './magics.ts';
import { isRecord, readJson } from './read-json.ts';

/** A code cell: its index over all cells, code or not, and its position in the joined text. */
export interface NotebookCell {
  readonly index: number;
  readonly start: number;
  /** Offset after the cell's last character. The text between two cells belongs to neither. */
  readonly end: number;
}

export interface CodeNotebook {
  readonly ok: true;
  readonly language: ModuleNode['language'];
  /** The code cells joined by line breaks, with their magics blanked. */
  readonly text: string;
  readonly cells: readonly NotebookCell[];
}

/**
 * `broken` is a file that cannot be read as a notebook: a problem to report, with the reason in `message`.
 * `unsupported` is a valid notebook in another language: there is no code for us, and nothing to report.
 */
export interface OtherNotebook {
  readonly ok: false;
  readonly reason: 'broken' | 'unsupported';
  readonly message: string;
}

/** Reads the text of an `.ipynb` file in nbformat 3 (worksheets) or 4. Never throws. */
export function parseNotebook(text: string): CodeNotebook | OtherNotebook {
  const json = readJson(text);
  if (!json.ok) return { ok: false, reason: 'broken', message: json.message };
  const cells = cellsOf(json.value);
  if (cells === null) return { ok: false, reason: 'broken', message: 'it is not a notebook (it has no list of cells)' };
  const kernel = kernelLanguage(json.value, cells);
  if (kernel.language === null) {
    return { ok: false, reason: 'unsupported', message: `its language is ${kernel.name}` };
  }
  return { ok: true, language: kernel.language, ...joinCells(cells, kernel.language) };
}

/** The form that the engine reads: a notebook in another language is a module without code. */
export interface NotebookModule {
  readonly text: string;
  readonly language: ModuleNode['language'];
  readonly cells: readonly NotebookCell[];
  /** Why it could not be read, in the report's words; null if there is no problem. */
  readonly problem: string | null;
}

/** The code of a notebook's JSON. Never throws. */
export function readNotebook(json: string): NotebookModule {
  const notebook = parseNotebook(json);
  if (notebook.ok) return { text: notebook.text, language: notebook.language, cells: notebook.cells, problem: null };
  const isBroken = notebook.reason === 'broken';
  const problem = isBroken ? `not read: ${notebook.message}. Everything else was scanned.` : null;
  return { text: '', language: 'python', cells: [], problem };
}

function cellsOf(notebook: unknown): unknown[] | null {
  if (!isRecord(notebook)) return null;
  if (Array.isArray(notebook.cells)) return notebook.cells;
  if (!Array.isArray(notebook.worksheets)) return null;
  return notebook.worksheets.flatMap((sheet: unknown) =>
    isRecord(sheet) && Array.isArray(sheet.cells) ? sheet.cells : [],
  );
}

function joinCells(all: readonly unknown[], language: ModuleNode['language']): Pick<CodeNotebook, 'text' | 'cells'> {
  const sources = all.map((cell) =>
    isRecord(cell) && cell.cell_type === 'code' && hasLanguage(cell, language) ? sourceOf(cell) : null,
  );
  return joinSources(sources, language);
}

/** The cells' sources as one module; `null` marks a cell that is not code of the language. */
export function joinSources(
  sources: readonly (string | null)[],
  language: ModuleNode['language'],
): Pick<CodeNotebook, 'text' | 'cells'> {
  const cells: NotebookCell[] = [];
  const pieces: string[] = [];
  let start = 0;
  sources.forEach((source, index) => {
    if (source === null) return;
    const code = blankMagics(source, language);
    // A cell is compiled separately: brackets and quotes that it leaves open end with it.
    const separator = `\n${language === 'python' ? closersOf(code) : ''}`;
    cells.push({ index, start, end: start + code.length });
    pieces.push(code, separator);
    start += code.length + separator.length;
  });
  return { text: pieces.join(''), cells };
}

/**
 * False for a cell that an editor has marked as another language, or as plain text if it did not know the language.
 */
function hasLanguage(cell: Record<string, unknown>, language: ModuleNode['language']): boolean {
  const metadata = isRecord(cell.metadata) ? cell.metadata : {};
  const editor = isRecord(metadata.vscode) ? metadata.vscode : {};
  const marked = editor.languageId;
  if (typeof marked !== 'string' || marked === 'plaintext') return true;
  return language === 'python' ? marked === 'python' : /^(?:type|java)script(?:react)?$/.test(marked);
}

/** `source`, and `input` in nbformat 3: one string, or its lines. */
function sourceOf(cell: Record<string, unknown>): string {
  const source = cell.source ?? cell.input;
  if (typeof source === 'string') return source;
  if (!Array.isArray(source)) return '';
  return source.filter((line) => typeof line === 'string').join('');
}
