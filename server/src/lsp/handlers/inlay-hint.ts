/**
 * `textDocument/inlayHint`: the number of tokens of a long prompt text, at its end; and the cost of a call at the end of its
 * line, for those who want no line above it.
 */

import { formatTokens } from '@farthing/shared/money';
import type { InlayHint, InlayHintParams, Position, Range } from 'vscode-languageserver';
import type { Origin } from '../../ir/origin.ts';
import { messagesIn } from '../../report/messages/index.ts';
import type { AnalysedDocument, Handler, ServerContext } from '../context.ts';
import { callLenses } from '../markdown/call-lens.ts';

export const inlayHint: Handler<InlayHintParams, InlayHint[]> = ({ textDocument, range }, context) => {
  const { codeLens, inlayHints } = context.settings();
  const isAtEnd = codeLens.enabled && codeLens.position === 'end';
  const document = inlayHints.enabled || isAtEnd ? context.document(textDocument.uri) : null;
  if (document === null) return [];
  const hints = [
    ...(inlayHints.enabled ? promptHints(document, context) : []),
    ...(isAtEnd ? costHints(document, context) : []),
  ];
  return hints.filter(({ position }) => isInRange(position, range));
};

function isInRange({ line }: Position, { start, end }: Range): boolean {
  return start.line <= line && line <= end.line;
}

function costHints(document: AnalysedDocument, context: ServerContext): readonly InlayHint[] {
  return callLenses(document, context).flatMap(({ call, parts }): InlayHint[] => {
    const position = lineEnd(call.origin, document);
    if (position === null || parts.length === 0) return [];
    const label = parts.map((command, index) => ({ value: `${index === 0 ? '' : ' | '}${command.title}`, command }));
    return [{ position, label, paddingLeft: true }];
  });
}

/** The end of the line on which the call starts. */
function lineEnd(origin: Origin, { text, rangeOf }: AnalysedDocument): Position | null {
  const start = rangeOf(origin)?.start;
  if (start === undefined) return null;
  const rest = /^[^\r\n]*/.exec(text.slice(origin.start))?.[0].length ?? 0;
  return { line: start.line, character: start.character + rest };
}

function promptHints(document: AnalysedDocument, context: ServerContext): readonly InlayHint[] {
  const { minimumTokens } = context.settings().inlayHints;
  const { language } = context.client;
  const messages = messagesIn(language).editor.prompt;
  const hints = new Map<string, InlayHint>();
  for (const call of document.calls) {
    for (const { role, segments } of call.sections) {
      for (const { text, origin, tokens, stability } of segments) {
        if (text === null || origin === null || tokens.expected < minimumTokens) continue;
        const end = document.rangeOf(origin)?.end;
        if (end === undefined) continue;
        // Two calls can send the same text: its length depends on the tokenizer, and that of the first call is shown.
        const key = `${origin.start} ${origin.end}`;
        if (hints.has(key)) continue;
        const tooltip = messages.countedFor(role, stability, call.model.value ?? call.model.hint);
        const label = messages.hint(formatTokens(tokens, language));
        hints.set(key, { position: end, label, paddingLeft: true, tooltip });
      }
    }
  }
  return [...hints.values()];
}
