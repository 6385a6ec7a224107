/** Switching a rule off in `farthing.config.json`, which is made where there is none. */
import { CONFIG_FILE_NAME } from '@farthing/shared/config-defaults';
import { applyEdits, modify } from 'jsonc-parser';
import { type CreateFile, type TextDocumentEdit, TextEdit, type WorkspaceEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { readTextOrNull } from '../files/regular-file.ts';
import type { ServerContext } from './context.ts';
import type { Folder } from './folder.ts';
import { uriOf } from './uris.ts';

/** Null where the configuration cannot be read, or the client cannot make a file. */
export function switchOffEdit(
  rule: string,
  folder: Folder,
  { client }: Pick<ServerContext, 'client'>,
): WorkspaceEdit | null {
  const path = folder.configPath();
  if (path === null) {
    if (!client.createsFiles || !client.takesDocumentChanges) return null;
    const uri = uriOf(`${folder.root}/${CONFIG_FILE_NAME}`);
    const text = withRuleOff('{}\n', rule);
    const create: CreateFile = { kind: 'create', uri, options: { ignoreIfExists: true } };
    return { documentChanges: [create, edit(uri, [TextEdit.insert({ line: 0, character: 0 }, text)])] };
  }
  const text = readTextOrNull(path);
  if (text === null) return null;
  const uri = uriOf(path);
  const document = TextDocument.create(uri, 'jsonc', 0, text);
  const edits = editsFor(text, rule).map(({ offset, length, content }) =>
    TextEdit.replace({ start: document.positionAt(offset), end: document.positionAt(offset + length) }, content),
  );
  return client.takesDocumentChanges ? { documentChanges: [edit(uri, edits)] } : { changes: { [uri]: edits } };
}

function edit(uri: string, edits: TextEdit[]): TextDocumentEdit {
  return { textDocument: { uri, version: null }, edits };
}

function withRuleOff(text: string, rule: string): string {
  return applyEdits(text, [...editsFor(text, rule)]);
}

function editsFor(text: string, rule: string) {
  const indentation = /^([\t ]+)\S/m.exec(text)?.[1] ?? '  ';
  const formattingOptions = { insertSpaces: !indentation.startsWith('\t'), tabSize: indentation.length };
  return modify(text, ['rules', rule], 'off', { formattingOptions });
}
