/** What a provider says of its answer, as far as it can be so: a server may be broken, or hostile. */
import type { Exchange, Settlement } from '../../core/pipeline.ts';
import { secretsOf, withoutSecrets } from '../../core/secrets.ts';
import type { Usage } from '../../wire/usage.ts';

/** Tokens of one call: a hundred times the largest context window. */
const MOST_TOKENS = 100_000_000;
/** Characters of a model's name; the longest are paths of cloud resources. */
const LONGEST_NAME = 300;

/** A usage that cannot be, and a name that is none, are unknown; a name that quotes the request's key does not. */
export function trusted(settlement: Settlement, exchange: Exchange): Settlement {
  const { usage, answer } = settlement;
  const served = answer.servedModel === null ? null : nameOf(answer.servedModel, exchange);
  if (served === answer.servedModel && (usage === null || isPossible(usage))) return settlement;
  return {
    ...settlement,
    usage: usage !== null && isPossible(usage) ? usage : null,
    answer: { ...answer, servedModel: served },
  };
}

/** Parts are counts already; what they add up to may still be none. */
function isPossible({ input, cachedInput, cacheWriteInput, cacheWriteLongInput, output }: Usage): boolean {
  return cachedInput + cacheWriteInput + cacheWriteLongInput <= input && input + output <= MOST_TOKENS;
}

function nameOf(served: string, exchange: Exchange): string | null {
  // Most answers name the model that was asked.
  if (served === exchange.facts.model) return served;
  if (served.length > LONGEST_NAME) return null;
  return withoutSecrets(served.toWellFormed(), secretsOf(exchange));
}
