/** The models that a call may use, when the code leaves that open. */
import type { Language } from '@farthing/shared/language';
import type { LlmCall, ModelAlternative } from '../../calls/call.ts';
import { messagesIn } from '../../report/messages/index.ts';
import { costOf } from './call-facts.ts';
import { formatRate } from './model-card.ts';
import { alignRows } from './table.ts';

/** More models than this are counted. */
const MAX_ROWS = 12;

/** The head, then one row per model; empty if the call has no choice. */
export function choiceRows(call: LlmCall, language: Language): readonly (readonly string[])[] {
  const { alternatives } = call.modelChoice;
  if (call.model.value !== null || alternatives.length === 0) return [];
  const { choice } = messagesIn(language).editor;
  const rows = alternatives
    .slice(0, MAX_ROWS)
    .map((one) => [nameOf(one), ratesOf(one, language), costOf(one.cost, language), deciderOf(one, language)]);
  const rest = alternatives.length - rows.length;
  return [
    choice.head,
    ...rows,
    ...(rest > 0 ? [[choice.more(rest), '', '', '']] : []),
    ...(call.modelChoice.isOpen ? [[choice.orAnother, '', '', '']] : []),
  ];
}

export function choiceLines(call: LlmCall, language: Language): readonly string[] {
  return alignRows(choiceRows(call, language));
}

function nameOf({ name, share }: ModelAlternative): string {
  return share === null || share === 1 ? name : `${Math.round(share * 100)}% ${name}`;
}

function ratesOf({ price }: ModelAlternative, language: Language): string {
  const { unknown, editor } = messagesIn(language);
  if (price === null) return editor.card.priceUnknown;
  return [price.input, price.output].map((rate) => (rate === null ? unknown : formatRate(rate, language))).join(' / ');
}

function deciderOf({ decidedBy, setting }: ModelAlternative, language: Language): string {
  const { deciders } = messagesIn(language).editor.choice;
  return setting === null ? deciders[decidedBy] : `${setting.path}:${setting.line}`;
}
