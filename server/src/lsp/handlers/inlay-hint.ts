/** `textDocument/inlayHint`: how many tokens a long prompt text has, at its end. */

import { formatTokens } from '@farthing/shared/money';
import type { InlayHint, InlayHintParams } from 'vscode-languageserver';
import type { Handler } from '../context.ts';

export const inlayHint: Handler<InlayHintParams, InlayHint[]> = ({ textDocument, range }, context) => {
  const { enabled, minimumTokens } = context.settings().inlayHints;
  const document = enabled ? context.document(textDocument.uri) : null;
  if (document === null) return [];
  const hints = new Map<string, InlayHint>();
  for (const call of document.calls) {
    for (const { role, segments } of call.sections) {
      for (const { text, origin, tokens, stability } of segments) {
        if (text === null || origin === null || tokens.expected < minimumTokens) continue;
        const end = document.rangeOf(origin)?.end;
        if (end === undefined || end.line < range.start.line || end.line > range.end.line) continue;
        // Two calls may send the same text: it has one length for each tokenizer, and the first call's is shown.
        const key = `${origin.start} ${origin.end}`;
        if (hints.has(key)) continue;
        const tooltip = `${role} prompt, ${stability}: counted for ${call.model.value ?? call.model.hint ?? 'an unknown model'}`;
        hints.set(key, { position: end, label: `${formatTokens(tokens)} tokens`, paddingLeft: true, tooltip });
      }
    }
  }
  return [...hints.values()];
};
