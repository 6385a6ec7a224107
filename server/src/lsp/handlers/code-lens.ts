/**
 * `textDocument/codeLens`: above each call its cost and what that is based on, above prompts and functions of the project the
 * calls that use them.
 */
import type { CodeLens, CodeLensParams, Command, Position } from 'vscode-languageserver';
import type { LlmCall } from '../../calls/call.ts';
import { SERVER_COMMANDS } from '../capabilities.ts';
import type { AnalysedDocument, Handler, ServerContext } from '../context.ts';
import { callLenses } from '../markdown/call-lens.ts';
import { lensesOf, promptLenses } from '../markdown/prompt-lens.ts';
import { wrapperLenses } from '../markdown/wrapper-lens.ts';
import { textFrom } from '../prompt-files/sent-text.ts';
import { CLIENT_COMMANDS } from '../protocol.ts';

export const codeLens: Handler<CodeLensParams, CodeLens[]> = ({ textDocument }, context) => {
  const { codeLens: settings, inlayHints } = context.settings();
  const document = settings.enabled && settings.position === 'above' ? context.document(textDocument.uri) : null;
  if (document === null) return settings.enabled ? ofPromptFile(textDocument.uri, context) : [];
  const ofCalls = callLenses(document, context).flatMap(({ call, parts }): CodeLens[] => {
    const range = document.rangeOf(call.origin);
    return range === null ? [] : parts.map((command) => ({ range, command }));
  });
  const used = [...wrapperLenses(document, context), ...promptLenses(document, context, inlayHints.minimumTokens)];
  const ofUsed = used.flatMap(({ origin, title, calls }): CodeLens[] => {
    const range = document.rangeOf(origin);
    const command = range && showCalls(range.start, calls, document, context);
    return range === null || command === null ? [] : [{ range, command: { title, ...command } }];
  });
  return [...ofCalls, ...ofUsed];
};

/** `1,180 tokens, ~$2.40 per 1,000 calls, sent by 4 calls, cacheable`, above the text of a prompt file or a template. */
function ofPromptFile(uri: string, context: ServerContext): CodeLens[] {
  const { codeLens: settings, inlayHints } = context.settings();
  const prompt = settings.position === 'above' ? context.prompt(uri) : null;
  if (prompt === null) return [];
  const { workspace } = prompt;
  const sent = workspace.known.calls().flatMap((call) => textFrom(prompt, call) ?? []);
  const lenses = lensesOf(sent, workspace, context.client.language, inlayHints.minimumTokens);
  return lenses.flatMap(({ origin, title, calls }): CodeLens[] => {
    const range = prompt.rangeOf(origin.start, origin.end);
    const command = showCalls(range.start, calls, prompt, context);
    return command === null ? [] : [{ range, command: { title, ...command } }];
  });
}

/** Clients without the extension show the breakdown of a call in this document; null if there is none. */
function showCalls(
  position: Position,
  calls: readonly LlmCall[],
  { uri, path, locationOf }: Pick<AnalysedDocument, 'uri' | 'path' | 'locationOf'>,
  { client }: ServerContext,
): Omit<Command, 'title'> | null {
  if (client.hasCommands) {
    const locations = calls.map(({ origin }) => locationOf(origin));
    return { command: CLIENT_COMMANDS.showCalls, arguments: [uri, position, locations] };
  }
  const call = calls.find(({ origin }) => origin.path === path);
  return call === undefined ? null : { command: SERVER_COMMANDS.showBreakdown, arguments: [uri, call.id] };
}
