/** `textDocument/codeLens`: the cost above each call, and what it is based on. */
import type { CodeLens, CodeLensParams } from 'vscode-languageserver';
import type { LlmCall } from '../../calls/call.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import type { Handler } from '../context.ts';
import { inputWords, modelOf, wordsOf } from '../markdown/call-facts.ts';
import { CLIENT_COMMANDS } from '../protocol.ts';

export const codeLens: Handler<CodeLensParams, CodeLens[]> = ({ textDocument }, context) => {
  if (!context.settings().codeLens.enabled) return [];
  const document = context.document(textDocument.uri);
  if (document === null) return [];
  return document.calls.flatMap((call): CodeLens[] => {
    const range = document.rangeOf(call.origin);
    if (range === null) return [];
    const title = lensText(call, document.workspace);
    const command = context.client.hasCommands ? CLIENT_COMMANDS.showBreakdown : '';
    return [{ range, command: { title, command, arguments: [textDocument.uri, call.id] } }];
  });
};

/** `$0.0043 per call, assumed | 1,240 in, 1,180 cacheable | up to 500 out`. */
export function lensText(call: LlmCall, workspace: Workspace): string {
  const { cost, output } = wordsOf(call);
  return [cost, inputWords(call, modelOf(call, workspace)), output].filter((part) => part !== '').join(' | ');
}
