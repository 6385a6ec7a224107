/** Code lenses as a person reads them: the parts of a line side by side. */
import type { CodeLens } from 'vscode-languageserver-protocol';
import type { Workspace } from './workspace.ts';

export function lensesOf(editor: Workspace, name: string): Promise<readonly CodeLens[]> {
  return editor.request('textDocument/codeLens', { textDocument: { uri: editor.uri(name) } });
}

/** By line from 0: `6 ~$4.30 per 1,000 calls ($1.10 to $9.60), assumed | 1,240 in | up to 500 out`. */
export async function numberedLenses(editor: Workspace, name: string): Promise<readonly string[]> {
  return [...(await lines(editor, name))].map(([line, titles]) => `${line} ${titles.join(' | ')}`);
}

/** The same without the numbers. */
export async function lensLines(editor: Workspace, name: string): Promise<readonly string[]> {
  return [...(await lines(editor, name)).values()].map((titles) => titles.join(' | '));
}

async function lines(editor: Workspace, name: string): Promise<ReadonlyMap<number, readonly string[]>> {
  const found = new Map<number, string[]>();
  for (const { range, command } of await lensesOf(editor, name)) {
    const { line } = range.start;
    found.set(line, [...(found.get(line) ?? []), command?.title ?? '']);
  }
  return found;
}
