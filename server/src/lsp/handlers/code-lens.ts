/** `textDocument/codeLens`: the cost above each call, and what it is based on. */
import type { Language } from '@farthing/shared/language';
import type { CodeLens, CodeLensParams } from 'vscode-languageserver';
import type { LlmCall } from '../../calls/call.ts';
import { messagesIn } from '../../report/messages/index.ts';
import { calledFrom } from '../../report/report.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { SERVER_COMMANDS } from '../capabilities.ts';
import type { Handler } from '../context.ts';
import {
  callersOf,
  callersWords,
  choiceWords,
  inputWords,
  modelOf,
  viaWords,
  wordsOf,
} from '../markdown/call-facts.ts';
import { CLIENT_COMMANDS } from '../protocol.ts';

export const codeLens: Handler<CodeLensParams, CodeLens[]> = ({ textDocument }, context) => {
  if (!context.settings().codeLens.enabled) return [];
  const document = context.document(textDocument.uri);
  if (document === null) return [];
  // What to do about models that nothing names is said once per file.
  const firstUnknown = document.calls.find(
    (call) => isModelUnknown(call) && !isCostOfCallers(callersOf(call, document.workspace)),
  );
  return document.calls.flatMap((call): CodeLens[] => {
    const range = document.rangeOf(call.origin);
    if (range === null) return [];
    const { language } = context.client;
    const title = lensText(call, document.workspace, { isFirstUnknown: call === firstUnknown, language });
    const command = (context.client.hasCommands ? CLIENT_COMMANDS : SERVER_COMMANDS).showBreakdown;
    return [{ range, command: { title, command, arguments: [textDocument.uri, call.id] } }];
  });
};

function isModelUnknown(call: LlmCall): boolean {
  return call.model.value === null && call.modelChoice.alternatives.length === 0;
}

function isCostOfCallers(callers: readonly LlmCall[]): boolean {
  return calledFrom(callers)?.perCall != null;
}

/**
 * `$0.0043 per call, assumed, via ask | 1,240 in, 1,180 cacheable | up to 500 out`; of the request behind feature calls
 * `called from 62 places, $0.0002 to $0.05 per call | size unknown | up to 500 out`.
 */
export function lensText(
  call: LlmCall,
  workspace: Workspace,
  { isFirstUnknown, language }: { readonly isFirstUnknown: boolean; readonly language: Language },
): string {
  const callers = callersOf(call, workspace);
  const cost = isModelUnknown(call)
    ? isFirstUnknown
      ? messagesIn(language).model.declareIt
      : ''
    : costWords(call, language);
  const head = [
    [isCostOfCallers(callers) ? '' : cost, viaWords(call, language)].filter(Boolean).join(', '),
    callersWords(callers, language),
  ];
  const { output } = wordsOf(call, language);
  return [...head, inputWords(call, modelOf(call, workspace), language), output].filter(Boolean).join(' | ');
}

/** `$0.0043 per call, assumed`, and of several models `one of 6 models: $0.0002 to $0.02 per call, assumed`. */
function costWords(call: LlmCall, language: Language): string {
  const { cost } = wordsOf(call, language);
  const choice = choiceWords(call, language);
  return choice === '' ? cost : `${choice}: ${cost}`;
}
