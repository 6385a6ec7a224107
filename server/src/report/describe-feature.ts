/** Describes feature calls and the requests behind them in words. */
import { formatCount, formatMoney, NANO_DOLLARS } from '@farthing/shared/money';
import type { Range } from '@farthing/shared/range';
import type { ReportCall, ReportHop } from '@farthing/shared/report';

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
export function describeVia(call: Call): string {
  const name = wrapperName(call);
  return name === null ? '' : `via ${name}`;
}

/** `called from 62 places, $0.0002 to $0.05 per call`; empty for a request that no feature call leads to. */
export function describeCallers({ calledFrom }: Pick<ReportCall, 'calledFrom'>): string {
  if (calledFrom === null) return '';
  const { count, perCall } = calledFrom;
  const places = `called from ${count === 1 ? '1 place' : `${formatCount(count)} places`}`;
  return perCall === null ? places : `${places}, ${money(perCall)} per call`;
}

function money({ low, expected, high, basis }: Range): string {
  return formatMoney({ low: low * NANO_DOLLARS, expected: expected * NANO_DOLLARS, high: high * NANO_DOLLARS, basis });
}
