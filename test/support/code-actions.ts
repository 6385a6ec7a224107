/** Asking for code actions, and making their edits as an editor would. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { CodeAction, Diagnostic, SnippetTextEdit, TextEdit, WorkspaceEdit } from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Workspace } from './workspace.ts';

export interface Asked {
  readonly only?: readonly string[];
  readonly diagnostics?: readonly Diagnostic[];
}

/** The actions where `text` begins in the file. */
export function actionsAt(
  workspace: Workspace,
  name: string,
  text: string,
  asked: Asked = {},
): Promise<readonly CodeAction[]> {
  const position = workspace.at(name, text);
  return workspace.request('textDocument/codeAction', {
    textDocument: { uri: workspace.uri(name) },
    range: { start: position, end: position },
    context: { diagnostics: [], ...asked },
  });
}

export function resolve(workspace: Workspace, action: CodeAction): Promise<CodeAction> {
  return workspace.request('codeAction/resolve', action);
}

/** The texts that an edit makes, by address. A snippet's stops become their placeholders, in `<>`. */
export function textsAfter(edit: WorkspaceEdit): Record<string, string> {
  const texts: Record<string, string> = {};
  const apply = (uri: string, edits: readonly (TextEdit | SnippetTextEdit)[]): void => {
    const before = texts[uri] ?? readFileSync(fileURLToPath(uri), 'utf8');
    const document = TextDocument.create(uri, '', 0, before);
    const plain = edits.map((one) => ('snippet' in one ? { range: one.range, newText: plainOf(one) } : one));
    texts[uri] = TextDocument.applyEdits(document, plain as TextEdit[]);
  };
  for (const [uri, edits] of Object.entries(edit.changes ?? {})) apply(uri, edits);
  for (const change of edit.documentChanges ?? []) {
    if ('edits' in change) apply(change.textDocument.uri, change.edits);
    else if (change.kind === 'create') texts[change.uri] = '';
  }
  return texts;
}

function plainOf({ snippet }: SnippetTextEdit): string {
  return snippet.value.replace(/\$\{1:((?:[^\\}]|\\.)*)\}/, '<$1>').replace(/\\([\\$}])/g, '$1');
}
