/** The line above a call, in parts that can be clicked one by one. */
import { NANO_DOLLARS } from '@farthing/shared/money';
import type { Command } from 'vscode-languageserver';
import type { LlmCall } from '../../calls/call.ts';
import { messagesIn } from '../../report/messages/index.ts';
import { SERVER_COMMANDS } from '../capabilities.ts';
import type { AnalysedDocument, ServerContext } from '../context.ts';
import { CLIENT_COMMANDS } from '../protocol.ts';
import { changeWords } from '../since-head/change-words.ts';
import {
  callersOf,
  callersWords,
  choiceWords,
  inputWords,
  isCostOfCallers,
  measuredWords,
  modelOf,
  viaWords,
  wordsOf,
} from './call-facts.ts';

export interface CallLens {
  readonly call: LlmCall;
  readonly parts: readonly Command[];
}

/**
 * `~$4.30 per 1,000 calls ($1.10 to $9.60), assumed, via ask | 1,240 in, 1,180 cacheable | up to 500 out | 2 findings`; of the
 * request behind feature calls `62 callers, $0.20 to $50.00 per 1,000 calls | size unknown | up to 500 out`.
 */
export function callLenses(document: AnalysedDocument, context: ServerContext): readonly CallLens[] {
  const { minimumCost } = context.settings().codeLens;
  const lenses = document.calls.filter((call) => !isBelow(call, minimumCost));
  // What to do about models that nothing names is said once per file.
  const firstUnknown = lenses.find((call) => isModelUnknown(call) && !isCostOfCallers(call, document.workspace));
  return lenses.map((call) => ({
    call,
    parts: [
      ...costPart(call, document, context, call === firstUnknown),
      ...changePart(call, document, context),
      ...tokensPart(call, document, context),
      ...findingsPart(call, document, context),
    ],
  }));
}

function isModelUnknown(call: LlmCall): boolean {
  return call.model.value === null && call.modelChoice.alternatives.length === 0;
}

/** True if 1,000 calls certainly cost less than `dollars`. */
function isBelow({ cost: { perCall } }: LlmCall, dollars: number): boolean {
  return perCall !== null && perCall.basis !== 'unknown' && perCall.high * 1000 < dollars * NANO_DOLLARS;
}

function costPart(
  call: LlmCall,
  document: AnalysedDocument,
  context: ServerContext,
  isFirstUnknown: boolean,
): readonly Command[] {
  const { language, hasCommands } = context.client;
  const { workspace } = document;
  const callers = callersOf(call, workspace);
  const via = viaWords(call, language);
  const command = commandOf('showBreakdown', call, document, context);
  if (!isModelUnknown(call)) {
    const cost = measuredWords(call, language) || wordsOf(call, workspace, language).cost;
    const own = call.measured === null && isCostOfCallers(call, workspace) ? [] : [cost, choiceWords(call, language)];
    return titled([...own, via, callersWords(callers, language)].filter(Boolean).join(', '), command);
  }
  const parts = titled([via, callersWords(callers, language)].filter(Boolean).join(', '), command);
  if (!isFirstUnknown) return parts;
  const { model } = messagesIn(language);
  return hasCommands
    ? [...titled(model.choose, commandOf('chooseModel', call, document, context)), ...parts]
    : [...titled(model.declareIt, command), ...parts];
}

/** What the edit costs: `~$3.10 -> ~$5.20 (+68%) since HEAD`. */
function changePart(call: LlmCall, document: AnalysedDocument, context: ServerContext): readonly Command[] {
  const change = isCostOfCallers(call, document.workspace)
    ? undefined
    : context.changesIn(document)?.changed.get(call.id);
  const title = change === undefined ? '' : changeWords(change, context.client.language);
  return titled(title, commandOf('showBreakdown', call, document, context));
}

function tokensPart(call: LlmCall, document: AnalysedDocument, context: ServerContext): readonly Command[] {
  const { language } = context.client;
  const input = inputWords(call, modelOf(call, document.workspace), language);
  const title = [input, wordsOf(call, document.workspace, language).output].filter(Boolean).join(' | ');
  return titled(title, commandOf('showBreakdown', call, document, context));
}

function findingsPart(call: LlmCall, document: AnalysedDocument, context: ServerContext): readonly Command[] {
  const count = document.diagnostics.filter((diagnostic) => diagnostic.call === call.id).length;
  if (count === 0) return [];
  const title = messagesIn(context.client.language).editor.findings(count);
  return titled(title, commandOf('showFindings', call, document, context));
}

function titled(title: string, command: Omit<Command, 'title'>): readonly Command[] {
  return title === '' ? [] : [{ title, ...command }];
}

/** Clients without the extension show the breakdown, which has everything. */
function commandOf(
  name: 'showBreakdown' | 'showFindings' | 'chooseModel',
  call: LlmCall,
  { uri }: AnalysedDocument,
  { client }: ServerContext,
): Omit<Command, 'title'> {
  const command = client.hasCommands ? CLIENT_COMMANDS[name] : SERVER_COMMANDS.showBreakdown;
  return { command, arguments: [uri, call.id] };
}
