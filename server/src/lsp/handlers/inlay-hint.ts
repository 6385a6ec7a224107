/** `textDocument/inlayHint`: the number of tokens of a long prompt text, at its end. */

import { formatTokens } from '@farthing/shared/money';
import type { InlayHint, InlayHintParams } from 'vscode-languageserver';
import { messagesIn } from '../../report/messages/index.ts';
import type { Handler } from '../context.ts';

export const inlayHint: Handler<InlayHintParams, InlayHint[]> = ({ textDocument, range }, context) => {
  const { enabled, minimumTokens } = context.settings().inlayHints;
  const document = enabled ? context.document(textDocument.uri) : null;
  if (document === null) return [];
  const { language } = context.client;
  const messages = messagesIn(language).editor.prompt;
  const hints = new Map<string, InlayHint>();
  for (const call of document.calls) {
    for (const { role, segments } of call.sections) {
      for (const { text, origin, tokens, stability } of segments) {
        if (text === null || origin === null || tokens.expected < minimumTokens) continue;
        const end = document.rangeOf(origin)?.end;
        if (end === undefined || end.line < range.start.line || end.line > range.end.line) continue;
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
};
