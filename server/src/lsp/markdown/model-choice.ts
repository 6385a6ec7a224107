/** The models that a call may use, when the code leaves that open. */
import type { Language } from '@farthing/shared/language';
import type { Range } from '@farthing/shared/range';
import type { LlmCall, ModelAlternative } from '../../calls/call.ts';
import { costColumn } from '../../report/describe-figure.ts';
import { messagesIn } from '../../report/messages/index.ts';
import { inDollars } from '../../report/report.ts';
import { formatRate } from './model-card.ts';
import { type Cell, linkTo, type Page, type Place } from './page.ts';

/** More models than this are counted. */
const MAX_ROWS = 12;

/** A table with one row per model; empty if the call has no choice. */
export function modelChoice(call: LlmCall, { locationOf }: Place, language: Language): Page {
  const { alternatives } = call.modelChoice;
  if (call.model.value !== null || alternatives.length === 0) return [];
  const { unknown, editor } = messagesIn(language);
  const { choice } = editor;
  const column = costColumn(call.cost.perCall && inDollars(call.cost.perCall), language);
  const costOf = (cost: Range | null): string => (cost === null ? unknown : column.cell(inDollars(cost)));
  const decider = (one: ModelAlternative): Cell =>
    one.origin === null ? deciderOf(one, language) : linkTo(locationOf(one.origin), deciderOf(one, language));
  const rows = alternatives
    .slice(0, MAX_ROWS)
    .map((one): readonly Cell[] => [nameOf(one), ratesOf(one, language), costOf(one.cost), decider(one)]);
  const rest = alternatives.length - rows.length;
  const table: readonly (readonly Cell[])[] = [
    [...choice.head, column.head, choice.decider],
    ...rows,
    ...(rest > 0 ? [[choice.more(rest), '', '', '']] : []),
    ...(call.modelChoice.isOpen ? [[choice.orAnother, '', '', '']] : []),
  ];
  return [{ kind: 'table', rows: table, right: [2] }];
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
