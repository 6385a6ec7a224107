/** The models that a call may use, when the code leaves that open. */
import type { ModelDecider } from '@farthing/shared/vocabulary';
import type { LlmCall, ModelAlternative } from '../../calls/call.ts';
import { perMillion } from '../../report/describe-model.ts';
import { costOf } from './call-facts.ts';
import { alignRows } from './table.ts';

const DECIDERS: Readonly<Record<ModelDecider, string>> = {
  code: 'certain',
  branch: 'a condition in the code',
  lookup: 'a lookup in the code',
  default: 'the default',
  caller: 'a caller',
  settings: 'settings',
  declared: 'declared',
};

/** More models than this are counted. */
const MAX_ROWS = 12;

/** What makes the cost of a call known whose model nothing names. */
export const HOW_TO_DECLARE = [
  'The model is set at run time, so no cost is shown. Declare it under "models"',
  'in farthing.config.json: by the quick fix "Declare the model", or farthing init --models.',
];

/** The head, then one row per model; empty if the call has no choice. */
export function choiceRows(call: LlmCall): readonly (readonly string[])[] {
  const { alternatives } = call.modelChoice;
  if (call.model.value !== null || alternatives.length === 0) return [];
  const rows = alternatives
    .slice(0, MAX_ROWS)
    .map((one) => [nameOf(one), ratesOf(one), costOf(one.cost), deciderOf(one)]);
  const rest = alternatives.length - rows.length;
  return [
    ['may use', 'in / out per million', 'per call', 'decided by'],
    ...rows,
    ...(rest > 0 ? [[`and ${rest} more`, '', '', '']] : []),
    ...(call.modelChoice.isOpen ? [['or another model', '', '', '']] : []),
  ];
}

export function choiceLines(call: LlmCall): readonly string[] {
  return alignRows(choiceRows(call));
}

function nameOf({ name, share }: ModelAlternative): string {
  return share === null || share === 1 ? name : `${Math.round(share * 100)}% ${name}`;
}

function ratesOf({ price }: ModelAlternative): string {
  if (price === null) return 'price unknown';
  return [price.input, price.output].map((rate) => (rate === null ? 'unknown' : perMillion(rate / 1000))).join(' / ');
}

function deciderOf({ decidedBy, setting }: ModelAlternative): string {
  return setting === null ? DECIDERS[decidedBy] : `${setting.path}:${setting.line}`;
}
