/**
 * `textDocument/codeAction`: fixes of a finding, followed by ways to suppress it. Edits are computed when the user
 * chooses an action, if the client supports that.
 */
import type { Localised } from '@farthing/shared/language';
import { printable } from '@farthing/shared/printable';
import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Command,
  type Range,
} from 'vscode-languageserver';
import type { LlmCall } from '../../calls/call.ts';
import type { Diagnostic } from '../../lint/diagnostic.ts';
import { FIX_ALL, SERVER_COMMANDS } from '../capabilities.ts';
import type { AnalysedDocument, Handler, ServerContext } from '../context.ts';
import { isSafe } from '../edits/fix-edits.ts';
import { modelDeclarations } from '../edits/model-declarations.ts';
import { CLIENT_COMMANDS } from '../protocol.ts';
import { type ActionData, resolveCodeAction } from './code-action-resolve.ts';

export const codeAction: Handler<CodeActionParams, CodeAction[]> = (parameters, context, token) => {
  const { uri } = parameters.textDocument;
  const document = context.document(uri);
  if (document === null) return [];
  const inRange = document.diagnostics.filter(({ origin }) => touches(document.rangeOf(origin), parameters.range));
  const { only, diagnostics: shown } = parameters.context;
  const isWanted = (kind: string): boolean =>
    only === undefined || only.some((wanted) => wanted === '' || kind === wanted || kind.startsWith(`${wanted}.`));

  const { language } = context.client;
  const offers: Offer[] = [];
  if (isWanted(CodeActionKind.QuickFix)) offers.push(...inRange.flatMap(fixes));
  if (isWanted(FIX_ALL) && document.diagnostics.some((finding) => finding.fixes().some(isSafe))) {
    offers.push({ title: APPLY_ALL, kind: FIX_ALL, data: { action: 'fix-all' } });
  }
  if (isWanted(CodeActionKind.QuickFix)) offers.push(...declarations(document, parameters.range));
  if (isWanted(CodeActionKind.RefactorRewrite)) offers.push(...volumes(document, parameters.range));
  if (isWanted(CodeActionKind.QuickFix) && context.client.hasCommands) offers.push(...inRange.map(explanation));
  if (isWanted(CodeActionKind.Empty)) offers.push(...reasons(document, parameters.range, context));
  // Suppressions come last: the list is meant for fixes.
  if (isWanted(CodeActionKind.QuickFix)) offers.push(...inRange.flatMap((finding) => excuses(finding, document)));

  const actions = withoutRepeats(offers).map(
    ({ title, kind, data, command, finding, isPreferred }): CodeAction => ({
      title: title[language],
      kind,
      // The finding as the client shows it, so that it can attach the action to it.
      ...(finding === undefined
        ? {}
        : {
            diagnostics: shown.filter(
              ({ code, message }) => code === finding.rule && message === printable(finding.message(language)),
            ),
          }),
      ...(isPreferred === true ? { isPreferred } : {}),
      ...(command === undefined ? {} : { command: { title: title[language], ...command } }),
      ...(data === undefined ? {} : { data: { ...data, uri } }),
    }),
  );
  if (context.client.resolvesCodeActions) return actions;
  return actions
    .map((action) => resolveCodeAction(action, context, token))
    .filter(({ edit, command }) => edit !== undefined || command !== undefined)
    .map(({ data: _, ...action }) => action);
};

const APPLY_ALL: Localised = {
  en: 'Apply all safe fixes from Farthing',
  es: 'Aplicar todas las correcciones seguras de Farthing',
};

interface Offer {
  readonly title: Localised;
  readonly kind: CodeActionKind;
  /** What is needed to compute its edit. */
  readonly data?: ActionData;
  /** What it does if it has no edit. */
  readonly command?: Omit<Command, 'title'>;
  readonly finding?: Diagnostic;
  readonly isPreferred?: boolean;
  /** Distinguishes offers with the same title by their effect. */
  readonly effect?: string;
}

function fixes(finding: Diagnostic): readonly Offer[] {
  const { rule, call, origin } = finding;
  return finding.fixes().map((fix, index) => ({
    title: fix.title,
    kind: CodeActionKind.QuickFix,
    data: { action: 'fix', rule, call, start: origin.start, index },
    finding,
    isPreferred: isSafe(fix),
    effect: JSON.stringify(fix.operations),
  }));
}

function explanation(finding: Diagnostic): Offer {
  const { rule } = finding;
  return {
    title: { en: `Explain ${rule}`, es: `Explicar ${rule}` },
    kind: CodeActionKind.QuickFix,
    command: { command: CLIENT_COMMANDS.explainRule, arguments: [rule] },
    finding,
  };
}

/** Opens the breakdown: where the figure of a call comes from. */
function reasons(document: AnalysedDocument, range: Range, { client }: ServerContext): readonly Offer[] {
  const command = client.hasCommands ? CLIENT_COMMANDS.showBreakdown : SERVER_COMMANDS.showBreakdown;
  return document.calls
    .filter(({ origin }) => touches(document.rangeOf(origin), range))
    .map(({ id }) => ({
      title: { en: 'Why this figure?', es: '¿Por qué esta cifra?' },
      kind: CodeActionKind.Empty,
      command: { command, arguments: [document.uri, id] },
      effect: id,
    }));
}

function volumes(document: AnalysedDocument, range: Range): readonly Offer[] {
  return document.calls
    .filter(({ callsPerMonth, origin }) => callsPerMonth === null && touches(document.rangeOf(origin), range))
    .map(({ origin: { start } }) => ({
      title: { en: 'Declare how often this call runs', es: 'Declarar con qué frecuencia se ejecuta esta llamada' },
      kind: CodeActionKind.RefactorRewrite,
      data: { action: 'volume', start },
      effect: String(start),
    }));
}

/** For calls whose model the code leaves open: each model that is likely, and all of them. */
function declarations(document: AnalysedDocument, range: Range): readonly Offer[] {
  const isInRange = ({ origin }: LlmCall): boolean => touches(document.rangeOf(origin), range);
  return modelDeclarations(document, isInRange).map(({ title, data }) => ({
    title,
    kind: CodeActionKind.QuickFix,
    data,
    effect: JSON.stringify(data),
  }));
}

function excuses(finding: Diagnostic, { calls }: AnalysedDocument): readonly Offer[] {
  const { rule, call, origin } = finding;
  // A finding about a comment is fixed by changing the comment.
  if (call === null) return [];
  const { start } = calls.find(({ id }) => id === call)?.origin ?? origin;
  const kind = CodeActionKind.QuickFix;
  return [
    {
      title: { en: `Suppress ${rule} here, with a reason`, es: `Suprimir ${rule} aquí, con un motivo` },
      kind,
      data: { action: 'suppress-line', rule, start },
      finding,
      effect: String(start),
    },
    {
      title: {
        en: `Suppress ${rule} in this file, with a reason`,
        es: `Suprimir ${rule} en este archivo, con un motivo`,
      },
      kind,
      data: { action: 'suppress-file', rule },
      finding,
    },
    {
      title: { en: `Turn ${rule} off in the configuration`, es: `Desactivar ${rule} en la configuración` },
      kind,
      data: { action: 'switch-off', rule },
      finding,
    },
  ];
}

/** Calls that share a constant share its finding, and fixing one fixes all of them. */
function withoutRepeats(offers: readonly Offer[]): readonly Offer[] {
  const seen = new Map(offers.map((offer) => [keyOf(offer), offer] as const).reverse());
  return offers.filter((offer) => seen.get(keyOf(offer)) === offer);
}

function keyOf({ title, effect = '' }: Offer): string {
  return `${title.en}\n${effect}`;
}

function touches(range: Range | null, selected: Range): boolean {
  if (range === null) return false;
  const isBefore = (a: Range['start'], b: Range['start']): boolean =>
    a.line < b.line || (a.line === b.line && a.character < b.character);
  return !isBefore(range.end, selected.start) && !isBefore(selected.end, range.start);
}
