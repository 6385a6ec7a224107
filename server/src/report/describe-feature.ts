/** Describes feature calls and the requests behind them in words. */
import type { Language } from '@farthing/shared/language';
import type { ReportCall, ReportHop } from '@farthing/shared/report';
import { describeSpan } from './describe-figure.ts';
import { messagesIn } from './messages/index.ts';

type Call = Pick<ReportCall, 'via'>;

/**
 * The function through which a feature call goes, as its callers name it: `createGenerateText`, `BaseLLM.aask`. A function
 * that another one returns goes by the name of that one. Null for a request.
 */
export function wrapperName({
  via: [wrapper],
}: {
  readonly via: readonly Pick<ReportHop, 'function' | 'path'>[];
}): string | null {
  if (wrapper === undefined) return null;
  if (wrapper.function === null) return wrapper.path;
  const names = wrapper.function.split('.');
  // By convention, only classes begin with a capital letter.
  const outermost = names.findIndex((name) => !/^\p{Lu}/u.test(name));
  return outermost < 0 ? wrapper.function : names.slice(0, outermost + 1).join('.');
}

/** `via createGenerateText`; empty for a request. */
export function describeVia(call: Call, language: Language = 'en'): string {
  const name = wrapperName(call);
  return name === null ? '' : messagesIn(language).feature.via(name);
}

/** True of a request that costs what the calls that lead to it cost: they choose its model or write its prompt. */
export function hasCostOfCallers({ calledFrom }: Pick<ReportCall, 'calledFrom'>): boolean {
  return calledFrom !== null && calledFrom.perCall !== null;
}

/** `62 callers, $0.20 to $50.00 per 1,000 calls`; empty for a request that no feature call leads to. */
export function describeCallers({ calledFrom }: Pick<ReportCall, 'calledFrom'>, language: Language = 'en'): string {
  if (calledFrom === null) return '';
  const { feature } = messagesIn(language);
  const { count, perCall } = calledFrom;
  const callers = feature.calledFrom(count);
  return perCall === null ? callers : `${callers}, ${describeSpan(perCall, language)}`;
}
