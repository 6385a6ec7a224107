/** Shows what was found at a call, with its fixes. */
import * as vscode from 'vscode';
import type * as protocol from '../../server/src/lsp/protocol.ts';
import type { Server } from './server.ts';

const BREAKDOWN: typeof protocol.BREAKDOWN = 'farthing/breakdown';

export async function showFindings(uri: string, call: string, server: Server): Promise<void> {
  const found = await server.request<protocol.Breakdown>(BREAKDOWN, { uri, call });
  if (found === null) return;
  const { start, end } = found.range;
  const whole = new vscode.Range(start.line, start.character, end.line, end.character);
  const target = vscode.Uri.parse(uri, true);
  const [first] = vscode.languages
    .getDiagnostics(target)
    .filter(({ source, range }) => source === 'farthing' && whole.intersection(range) !== undefined)
    .sort((a, b) => a.range.start.compareTo(b.range.start));
  const place = first?.range.start ?? whole.start;
  await vscode.window.showTextDocument(target, { selection: new vscode.Range(place, place) });
  await vscode.commands.executeCommand('editor.action.showHover');
}
