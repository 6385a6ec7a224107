/** Why calls have no cost, and what would make it known: one line for each reason, not one for each call. */
import type { ReportCall } from '@farthing/shared/report';
import { isPriced } from './describe.ts';
import { isModelUnknown } from './describe-model.ts';

export interface UnknownCosts {
  readonly calls: readonly ReportCall[];
  /** `the model is set at run time`. */
  readonly why: string;
  /** `farthing init --models proposes what to declare`. */
  readonly remedy: string;
}

/** Models that are named in one line. */
const MAX_NAMES = 3;

/** Only the calls without a full cost, each under the first reason that holds; the reason with the most calls first. */
export function unknownCosts(calls: readonly ReportCall[]): readonly UnknownCosts[] {
  const reasons = Map.groupBy(calls, reasonOf);
  const found: UnknownCosts[] = [];
  const add = (reason: Reason, why: string, remedy: (calls: readonly ReportCall[]) => string): void => {
    const affected = reasons.get(reason);
    if (affected !== undefined) found.push({ calls: affected, why, remedy: remedy(affected) });
  };
  add('model', 'the model is set at run time', () => 'farthing init --models proposes what to declare');
  add(
    'provider',
    'the client does not show which provider is paid',
    (calls) => `add what you pay for ${namesOf(calls)} under "prices" in farthing.config.json`,
  );
  add('price', 'the price is in no table', (calls) => `add ${namesOf(calls)} under "prices" in farthing.config.json`);
  add('length', 'how much is sent or made is only known at run time', () => 'the price of one unit is shown');
  add('size', 'a part of the prompt comes from elsewhere', () => 'what is certain is shown as "at least" and "from"');
  add('other', 'the API has no price per token, or the steps of an agent are open', () => 'see each call');
  return found.sort((a, b) => b.calls.length - a.calls.length);
}

type Reason = 'model' | 'provider' | 'price' | 'length' | 'size' | 'other';

function reasonOf(call: ReportCall): Reason | null {
  if (isPriced(call)) return null;
  if (isModelUnknown(call)) return 'model';
  const { units } = call.cost;
  if (units !== null) return units.price === null ? 'price' : 'length';
  const isPriceUnknown = call.model.alternatives.every(({ price }) => price === null);
  if (isPriceUnknown) return call.provider === 'unknown' ? 'provider' : 'price';
  return call.tokens.input.basis === 'unknown' ? 'size' : 'other';
}

/** The models of these calls, the first few. */
function namesOf(calls: readonly ReportCall[]): string {
  const names = [...new Set(calls.flatMap(({ model }) => model.alternatives.map(({ name }) => name)))].sort();
  const rest = names.length - MAX_NAMES;
  return rest > 0 ? `${names.slice(0, MAX_NAMES).join(', ')} and ${rest} more` : names.join(', ');
}
