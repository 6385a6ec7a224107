/** What is being edited in an editor, a file or a notebook: the server's copy and ours in step. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CodeAction } from 'vscode-languageserver-protocol';
import { type LanguageClient, uriOf } from './language-client.ts';
import { type Cell, cellUri, notebookJson, openNotebook, readCells } from './notebooks.ts';
import { applyEdit, below, type Edit, pick } from './random-edits.ts';
import { type Shown, shownByEditor, sorted } from './scan-text.ts';
import { positionAt } from './workspace.ts';

export interface Edited {
  readonly edit: (edit: Edit) => Promise<void>;
  /** The part of the text that edits are drawn for: the file, or one cell. */
  readonly text: () => string;
  /** The whole, as a file would have it. */
  readonly saved: () => string;
  readonly shown: () => Promise<readonly Shown[]>;
  /** Of all fixes that are offered in it, each title once, sorted. */
  readonly fixTitles: () => Promise<readonly string[]>;
  /** Goes on to another part, where there are several. */
  readonly turn: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function editFile(root: string, client: LanguageClient, name: string, language: string): Promise<Edited> {
  const path = join(root, name);
  let text = readFileSync(path, 'utf8');
  await client.open(path, language, text);
  return {
    edit: (edit) => {
      const change = changeOf(text, edit);
      text = applyEdit(text, edit);
      return client.change(path, [change]);
    },
    text: () => text,
    saved: () => text,
    shown: async () => shownByEditor(await client.pull(path)),
    fixTitles: async () => fixTitles(await offeredIn(client, uriOf(path))),
    turn: async () => {},
    close: () => client.close(path),
  };
}

const COPY = 'copy';
const MAX_CELLS = 12;

/** Turning goes to another cell; now and then a cell is copied, removed or moved. */
export async function editNotebook(
  root: string,
  client: LanguageClient,
  name: string,
  random: () => number,
): Promise<Edited> {
  const uri = uriOf(join(root, name));
  const notebook = await openNotebook(client, uri, readCells(readFileSync(join(root, name), 'utf8'), uri));
  const code = (): readonly Cell[] => notebook.cells().filter(({ kind }) => kind === 'code');
  let current = pick(code(), random).uri;
  let copies = 0;
  const text = (): string => code().find((cell) => cell.uri === current)?.text ?? '';

  const rearrange = async (): Promise<void> => {
    const cells = notebook.cells();
    const at = below(cells.length, random);
    const cell = cells[at] as Cell;
    const kind = random();
    // The cells of the file stay, so that there is something to find to the end.
    if (kind < 0.3 && cell.uri.includes(COPY)) await notebook.splice(at, 1, []);
    else if (kind < 0.6 && code().length < MAX_CELLS)
      await notebook.splice(at, 0, [{ ...cell, uri: cellUri(uri, `${COPY}${copies++}`) }]);
    // Editors say a move as the range that it reaches over, in its new order.
    else await notebook.splice(0, at + 1, [cell, ...cells.slice(0, at)]);
  };

  return {
    edit: (edit) => {
      const before = text();
      return notebook.edit(current, [changeOf(before, edit)], applyEdit(before, edit));
    },
    text,
    saved: () => notebookJson(notebook.cells()),
    shown: async () => {
      const cells = notebook.cells();
      const all = await Promise.all(
        cells.map(async (cell, index) => shownByEditor(await client.pull(cell.uri), index)),
      );
      return sorted(all.flat());
    },
    fixTitles: async () => {
      const all = await Promise.all(code().map((cell) => offeredIn(client, cell.uri)));
      return fixTitles(all.flat());
    },
    turn: async () => {
      if (random() < 0.3) await rearrange();
      current = pick(code(), random).uri;
    },
    close: notebook.close,
  };
}

function changeOf(text: string, { start, end, text: inserted }: Edit) {
  return { range: { start: positionAt(text, start), end: positionAt(text, end) }, text: inserted };
}

const WHOLE = { start: { line: 0, character: 0 }, end: { line: 1_000_000, character: 0 } };

function offeredIn(client: LanguageClient, uri: string): Promise<readonly CodeAction[]> {
  return client.request('textDocument/codeAction', {
    textDocument: { uri },
    range: WHOLE,
    context: { diagnostics: [], only: ['quickfix'] },
  });
}

/** A suppression of a finding is not a fix. */
function fixTitles(actions: readonly CodeAction[]): readonly string[] {
  const titles = actions.flatMap(({ title, data }) => (data?.action === 'fix' ? [title] : []));
  return [...new Set(titles)].sort();
}
