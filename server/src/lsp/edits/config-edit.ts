/** Edits the `farthing.config.json` that holds for a document; it is created if there is none. */
import { dirname } from 'node:path';
import { CONFIG_FILE_NAME } from '@farthing/shared/config-defaults';
import { applyEdits, type Edit } from 'jsonc-parser';
import { type CreateFile, type TextDocumentEdit, TextEdit, type WorkspaceEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { readTextOrNull } from '../../files/regular-file.ts';
import type { AnalysedDocument, ServerContext } from '../context.ts';
import { uriOf } from '../uris.ts';

/** The edits of a configuration's text, which lies in `folder`; null where it cannot be edited with certainty. */
export type EditConfig = (text: string, folder: string) => readonly Edit[] | null;

/**
 * Based on the open document, saved or not, or else on the file on disk. Null if the configuration is not written in a
 * form that can be edited with certainty, or if the client cannot create files.
 */
export function configEdit(
  edit: EditConfig,
  { folder, path: document }: Pick<AnalysedDocument, 'folder' | 'path'>,
  { client, configAt }: Pick<ServerContext, 'client' | 'configAt'>,
): WorkspaceEdit | null {
  // The client may have created the file a moment ago, for the previous edit.
  folder.refreshConfig();
  const path = folder.configPathAt(document);
  if (path === null) {
    if (!client.createsFiles || !client.takesDocumentChanges) return null;
    const uri = uriOf(`${folder.root}/${CONFIG_FILE_NAME}`);
    const text = applyEdits('{}\n', [...(edit('{}\n', folder.root) ?? [])]);
    const create: CreateFile = { kind: 'create', uri, options: { ignoreIfExists: true } };
    const insert = TextEdit.insert({ line: 0, character: 0 }, text);
    return { documentChanges: [create, changeOf(uri, null, [insert])] };
  }
  const open = configAt(path);
  const text = open?.getText() ?? readTextOrNull(path);
  const found = text === null ? null : edit(text, dirname(path));
  if (text === null || found === null) return null;
  const uri = open?.uri ?? uriOf(path);
  const lines = TextDocument.create(uri, 'jsonc', 0, text);
  const edits = found.map(({ offset, length, content }) =>
    TextEdit.replace({ start: lines.positionAt(offset), end: lines.positionAt(offset + length) }, content),
  );
  if (!client.takesDocumentChanges) return { changes: { [uri]: edits } };
  return { documentChanges: [changeOf(uri, open?.version ?? null, edits)] };
}

/** An editor refuses edits for another version than its own. */
function changeOf(uri: string, version: number | null, edits: TextEdit[]): TextDocumentEdit {
  return { textDocument: { uri, version }, edits };
}
