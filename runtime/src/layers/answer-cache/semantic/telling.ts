/** Tells listeners which questions were taken for the same, and in shadow mode how their answers compare. */
import type { Agreement, Emit } from '../../../core/events.ts';
import type { Exchange } from '../../../core/pipeline.ts';
import type { KeptAnswer } from '../lookup.ts';
import { compareAnswers } from './compare-answers.ts';
import type { Found, Uncertain } from './search.ts';

export interface Telling {
  readonly hit: (exchange: Exchange, question: string, hit: Found, agreement: Agreement | null) => void;
  /** A pair that is left open: the model can learn from it. */
  readonly open: (exchange: Exchange, open: Uncertain, answer: KeptAnswer) => void;
}

export function createTelling(emit: Emit, isShadow: boolean): Telling {
  const callOf = ({ id, context: { feature } }: Exchange) => ({ call: id, feature, isShadow });
  return {
    hit: (exchange, question, { text: stored, similarity, by, key: entry }, agreement) =>
      emit({ type: 'similar', ...callOf(exchange), question, stored, similarity, by, entry, agreement }),
    open: (exchange, { asked: question, stored, similarity, key, entry }, answer) => {
      const agreement = compareAnswers(entry, answer, exchange);
      emit({ type: 'similar', ...callOf(exchange), question, stored, similarity, by: null, entry: key, agreement });
    },
  };
}
