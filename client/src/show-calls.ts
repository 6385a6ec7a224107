/** Shows the calls that use a text or a function, in VS Code's own list of references. */
import * as vscode from 'vscode';

/** As the protocol has them. */
interface Position {
  readonly line: number;
  readonly character: number;
}
export interface CallLocation {
  readonly uri: string;
  readonly range: { readonly start: Position; readonly end: Position };
}

export async function showCalls(uri: string, position: Position, calls: readonly CallLocation[]): Promise<void> {
  const locations = calls.map(
    ({ uri: target, range: { start, end } }) =>
      new vscode.Location(
        vscode.Uri.parse(target, true),
        new vscode.Range(start.line, start.character, end.line, end.character),
      ),
  );
  const place = new vscode.Position(position.line, position.character);
  await vscode.commands.executeCommand('editor.action.showReferences', vscode.Uri.parse(uri, true), place, locations);
}
