/**
 * `textDocument/codeAction`: what mends a finding, then what excuses it. Edits are worked out when the user has chosen,
 * where the client can ask for them then.
 */
import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Diagnostic as LspDiagnostic,
  type Range,
} from 'vscode-languageserver';
import type { Diagnostic } from '../../engine/lint.ts';
import { FIX_ALL } from '../capabilities.ts';
import type { AnalysedDocument, Handler } from '../context.ts';
import { type ActionData, resolveCodeAction } from './code-action-resolve.ts';

export const codeAction: Handler<CodeActionParams, CodeAction[]> = (
  { textDocument, range, context: wanted },
  context,
  token,
) => {
  const document = context.document(textDocument.uri);
  if (document === null) return [];
  const isWanted = (kind: string): boolean =>
    wanted.only === undefined ||
    wanted.only.some((only) => only === '' || kind === only || kind.startsWith(`${only}.`));
  const actions: CodeAction[] = [];
  const add = (title: string, kind: string, data: ActionData, more: Partial<CodeAction> = {}): void => {
    if (isWanted(kind)) actions.push({ title, kind, ...more, data: { ...data, uri: textDocument.uri } });
  };
  const here = document.diagnostics.filter((diagnostic) => touches(document.rangeOf(diagnostic.origin), range));

  for (const diagnostic of here) {
    const { rule } = diagnostic;
    const place = { rule, start: diagnostic.origin.start, end: diagnostic.origin.end };
    const diagnostics = shownFor(diagnostic, document, wanted.diagnostics);
    if (!isWanted(CodeActionKind.QuickFix)) break;
    for (const [index, fix] of diagnostic.fixes().entries()) {
      const isPreferred = fix.safety === 'safe';
      add(fix.title, CodeActionKind.QuickFix, { action: 'fix', ...place, index }, { diagnostics, isPreferred });
    }
  }
  if (document.diagnostics.some(hasSafeFix)) {
    add('Apply all safe fixes of Farthing', FIX_ALL, { action: 'fix-all' });
  }
  for (const call of document.calls) {
    if (call.callsPerMonth !== null || !touches(document.rangeOf(call.origin), range)) continue;
    add('Declare how often this call runs', CodeActionKind.RefactorRewrite, {
      action: 'volume',
      start: call.origin.start,
    });
  }
  // What excuses a finding comes last: mending it is what the list is for.
  for (const diagnostic of here) {
    if (diagnostic.call === null) continue;
    const { rule, origin } = diagnostic;
    const more = { diagnostics: shownFor(diagnostic, document, wanted.diagnostics) };
    const start = document.calls.find(({ id }) => id === diagnostic.call)?.origin.start ?? origin.start;
    add(
      `Suppress ${rule} here, with a reason`,
      CodeActionKind.QuickFix,
      { action: 'suppress-line', rule, start },
      more,
    );
    add(
      `Suppress ${rule} in this file, with a reason`,
      CodeActionKind.QuickFix,
      { action: 'suppress-file', rule },
      more,
    );
    add(`Turn ${rule} off in the configuration`, CodeActionKind.QuickFix, { action: 'switch-off', rule }, more);
  }
  if (context.client.resolvesCodeActions) return actions;
  return actions
    .map((action) => resolveCodeAction(action, context, token))
    .filter((action) => action.edit !== undefined)
    .map(({ data: _, ...action }) => action);
};

export function hasSafeFix(diagnostic: Diagnostic): boolean {
  return diagnostic.fixes().some(({ safety }) => safety === 'safe');
}

function touches(range: Range | null, selected: Range): boolean {
  if (range === null) return false;
  const isBefore = (a: Range['start'], b: Range['start']): boolean =>
    a.line < b.line || (a.line === b.line && a.character < b.character);
  return !isBefore(range.end, selected.start) && !isBefore(selected.end, range.start);
}

/** The finding as the client shows it, so that it can attach the action to it. */
function shownFor(
  { rule, message }: Diagnostic,
  _document: AnalysedDocument,
  shown: readonly LspDiagnostic[],
): LspDiagnostic[] {
  return shown.filter((diagnostic) => diagnostic.code === rule && diagnostic.message === message);
}
