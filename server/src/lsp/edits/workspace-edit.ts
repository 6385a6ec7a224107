/** Converts edits of modules' texts into the protocol's edits of documents. */
import { StringValue, type TextDocumentEdit, TextEdit, type WorkspaceEdit } from 'vscode-languageserver';
import type { FileEdit } from '../../edits/fix.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import type { ServerContext } from '../context.ts';

/** An insertion with a part that the user fills in: a placeholder if the client supports it, plain text otherwise. */
export interface Insertion {
  readonly path: string;
  /** Offset in the module's text. */
  readonly at: number;
  readonly before: string;
  readonly placeholder: string;
  readonly after: string;
}

export function workspaceEdit(
  edits: readonly FileEdit[],
  workspace: Workspace,
  context: Pick<ServerContext, 'client' | 'versionOf' | 'locationOf'>,
): WorkspaceEdit {
  const byUri = new Map<string, TextEdit[]>();
  for (const { path, start, end, text } of edits) {
    const { uri, range } = context.locationOf(workspace, { path, start, end });
    byUri.set(uri, [...(byUri.get(uri) ?? []), TextEdit.replace(range, text)]);
  }
  if (!context.client.takesDocumentChanges) return { changes: Object.fromEntries(byUri) };
  return {
    documentChanges: [...byUri].map(
      ([uri, own]): TextDocumentEdit => ({ textDocument: { uri, version: context.versionOf(uri) }, edits: own }),
    ),
  };
}

export function insertionEdit(
  { path, at, before, placeholder, after }: Insertion,
  workspace: Workspace,
  context: Pick<ServerContext, 'client' | 'versionOf' | 'locationOf'>,
): WorkspaceEdit {
  if (!context.client.takesDocumentChanges || !context.client.takesSnippets) {
    const text = `${before}${placeholder}${after}`;
    return workspaceEdit([{ path, start: at, end: at, text }], workspace, context);
  }
  const { uri, range } = context.locationOf(workspace, { path, start: at, end: at });
  const snippet = StringValue.createSnippet(`${escaped(before)}\${1:${escaped(placeholder)}}${escaped(after)}`);
  return {
    documentChanges: [{ textDocument: { uri, version: context.versionOf(uri) }, edits: [{ range, snippet }] }],
  };
}

function escaped(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}
