/** Switching a rule off in `farthing.config.json`, which is made where there is none. */
import { CONFIG_FILE_NAME } from '@farthing/shared/config-defaults';
import { applyEdits } from 'jsonc-parser';
import { type CreateFile, type TextDocumentEdit, TextEdit, type WorkspaceEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { readTextOrNull } from '../../files/regular-file.ts';
import type { ServerContext } from '../context.ts';
import type { Folder } from '../folders/folder.ts';
import { uriOf } from '../uris.ts';
import { ruleOffEdits } from './rule-off-edits.ts';

/**
 * Worked out on what the editor holds, saved or not, else on what the disk has. Null where the configuration is not
 * written so that it can be edited with certainty, or the client cannot make a file.
 */
export function switchOffEdit(
  rule: string,
  folder: Folder,
  { client, configAt }: Pick<ServerContext, 'client' | 'configAt'>,
): WorkspaceEdit | null {
  // The client may have made the file a moment ago, for the rule before this one.
  folder.refreshConfig();
  const path = folder.configPath();
  if (path === null) {
    if (!client.createsFiles || !client.takesDocumentChanges) return null;
    const uri = uriOf(`${folder.root}/${CONFIG_FILE_NAME}`);
    const text = applyEdits('{}\n', [...(ruleOffEdits('{}\n', rule) ?? [])]);
    const create: CreateFile = { kind: 'create', uri, options: { ignoreIfExists: true } };
    const insert = TextEdit.insert({ line: 0, character: 0 }, text);
    return { documentChanges: [create, changeOf(uri, null, [insert])] };
  }
  const open = configAt(path);
  const text = open?.getText() ?? readTextOrNull(path);
  const found = text === null ? null : ruleOffEdits(text, rule);
  if (text === null || found === null) return null;
  const uri = open?.uri ?? uriOf(path);
  const document = TextDocument.create(uri, 'jsonc', 0, text);
  const edits = found.map(({ offset, length, content }) =>
    TextEdit.replace({ start: document.positionAt(offset), end: document.positionAt(offset + length) }, content),
  );
  if (!client.takesDocumentChanges) return { changes: { [uri]: edits } };
  return { documentChanges: [changeOf(uri, open?.version ?? null, edits)] };
}

/** An editor refuses edits for another version than it has. */
function changeOf(uri: string, version: number | null, edits: TextEdit[]): TextDocumentEdit {
  return { textDocument: { uri, version }, edits };
}
