/** What a provider says of its answer, as far as it can be so: a server may be broken, or hostile. */
import type { Exchange, Settlement } from '../../core/pipeline.ts';
import { secretsOf, withoutSecrets } from '../../core/secrets.ts';
import type { Usage } from '../../wire/usage.ts';

/** Tokens of one call: a hundred times the largest context window. */
const MOST_TOKENS = 100_000_000;
/** Characters of a model's name; the longest are paths of cloud resources. */
const LONGEST_NAME = 300;

/** The most pieces of one kind in one call: more is a mistake of whoever counted. */
const MOST_PIECES = 1_000_000;

/** Whom an answer is to. */
export type Asked = Pick<Exchange, 'headers' | 'url' | 'facts'>;

/** A usage that cannot be, and a name that is none, are unknown; a name that quotes the request's key does not leave. */
export function trusted(settlement: Settlement, exchange: Asked): Settlement {
  const { usage, answer } = settlement;
  const served = answer.servedModel === null ? null : nameOf(answer.servedModel, exchange);
  const possible = usage === null ? null : possibleUsage(usage);
  if (served === answer.servedModel && possible === usage) return settlement;
  return { ...settlement, usage: possible, answer: { ...answer, servedModel: served } };
}

/** Parts are counts already; what they add up to may still be none. A fee that cannot be is left out. */
function possibleUsage(usage: Usage): Usage | null {
  const { input, output, fees, others = [] } = usage;
  if (input + output > MOST_TOKENS) return null;
  if (others.some((other) => possibleUsage(other.usage) === null || other.model.length > LONGEST_NAME)) return null;
  if (fees === undefined || Object.values(fees).every((count) => count <= MOST_PIECES)) return usage;
  const { fees: _, ...rest } = usage;
  return { ...rest, fees: Object.fromEntries(Object.entries(fees).filter(([, count]) => count <= MOST_PIECES)) };
}

function nameOf(served: string, exchange: Asked): string | null {
  // Most answers name the model that was asked.
  if (served === exchange.facts.model) return served;
  if (served.length > LONGEST_NAME) return null;
  return withoutSecrets(served.toWellFormed(), secretsOf(exchange));
}
