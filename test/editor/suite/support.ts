/** What every test of the suite needs: the fixture's files as documents, and waiting for what comes by itself. */
import * as vscode from 'vscode';

const LIMIT = 60_000;
const PAUSE = 50;

/** Tries until `find` returns something; what it last threw or returned is in the error when the time is up. */
export async function eventually<Found>(
  what: string,
  find: () => Found | undefined | null | false | PromiseLike<Found | undefined | null | false>,
): Promise<Found> {
  const end = Date.now() + LIMIT;
  for (;;) {
    const found = await find();
    if (found) return found;
    if (Date.now() > end) throw new Error(`waited ${LIMIT / 1000} s for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}

export function fileUri(path: string): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (!folder) throw new Error('no folder is open');
  return vscode.Uri.joinPath(folder.uri, path);
}

export async function openFile(path: string): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument(fileUri(path));
  return vscode.window.showTextDocument(document);
}

export async function closeEditors(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/** Ours alone, by rule. */
export function findingsOf(uri: vscode.Uri): readonly vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'farthing');
}

export function ruleOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}

export function finding(uri: vscode.Uri, rule: string): Promise<vscode.Diagnostic> {
  return eventually(`${rule} in ${uri.path}`, () => findingsOf(uri).find((diagnostic) => ruleOf(diagnostic) === rule));
}

export function noFinding(uri: vscode.Uri, rule: string): Promise<true> {
  return eventually(`no ${rule} in ${uri.path}`, () =>
    findingsOf(uri).every((diagnostic) => ruleOf(diagnostic) !== rule),
  ).then(() => true);
}

export async function lensesOf(uri: vscode.Uri): Promise<readonly vscode.CodeLens[]> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 100);
  return lenses.filter(({ command }) => command?.command.startsWith('farthing.'));
}

/** The parts of a line of lenses side by side, by line from 0. */
export async function lensLinesOf(uri: vscode.Uri): Promise<ReadonlyMap<number, string>> {
  const lines = new Map<number, string>();
  for (const { range, command } of await lensesOf(uri)) {
    const before = lines.get(range.start.line);
    const title = command?.title ?? '';
    lines.set(range.start.line, before === undefined ? title : `${before} | ${title}`);
  }
  return lines;
}

/** The first place of a text in a document, moved by `offset` characters. */
export function placeOf(document: vscode.TextDocument, text: string, offset = 0): vscode.Position {
  const index = document.getText().indexOf(text);
  if (index < 0) throw new Error(`${document.uri.path} does not contain ${text}`);
  return document.positionAt(index + offset);
}

/** Resolved, with their edits. */
export async function actionsAt(
  uri: vscode.Uri,
  range: vscode.Range,
  kind: vscode.CodeActionKind = vscode.CodeActionKind.QuickFix,
): Promise<readonly vscode.CodeAction[]> {
  return vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    uri,
    range,
    kind.value,
    100,
  );
}

/** Puts a document back to what is on the disk. */
export async function revert(document: vscode.TextDocument): Promise<void> {
  await vscode.window.showTextDocument(document);
  await vscode.commands.executeCommand('workbench.action.files.revert');
}

export async function writeFile(path: string, text: string): Promise<void> {
  await vscode.workspace.fs.writeFile(fileUri(path), new TextEncoder().encode(text));
}

export async function readFile(path: string): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(fileUri(path)));
}

/** The text of all hovers; empty if there is none. */
export async function hoverAt(document: vscode.TextDocument, position: vscode.Position): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    position,
  );
  return hovers
    .flatMap(({ contents }) => contents)
    .map((content) => (typeof content === 'string' ? content : content.value))
    .join('\n');
}

export function tabLabels(): readonly string[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).map(({ label }) => label);
}
