/** Checks what a provider says about its answer for plausibility: a server may be broken, or hostile. */
import type { Exchange, Settlement } from '../../core/pipeline.ts';
import { secretsOf, withoutSecrets } from '../../core/secrets.ts';
import type { Usage } from '../../wire/usage.ts';

/** Tokens per call: a hundred times the largest context window. */
const MAX_TOKENS = 100_000_000;
/** Characters of a model's name; the longest are paths of cloud resources. */
const LONGEST_NAME = 300;

/** The maximum number of uses of one kind per call: more is a counting mistake. */
const MAX_PIECES = 1_000_000;

/** The request that an answer belongs to. */
export type Asked = Pick<Exchange, 'headers' | 'url' | 'facts'>;

/** An impossible usage and an invalid name become unknown; a name that quotes the request's key is dropped. */
export function trusted(settlement: Settlement, exchange: Asked): Settlement {
  const { usage, answer } = settlement;
  const served = answer.servedModel === null ? null : nameOf(answer.servedModel, exchange);
  const possible = usage === null ? null : possibleUsage(usage);
  if (served === answer.servedModel && possible === usage) return settlement;
  return { ...settlement, usage: possible, answer: { ...answer, servedModel: served } };
}

/** The parts are already counts; their sum may still be too large. An impossible fee is dropped. */
function possibleUsage(usage: Usage): Usage | null {
  const { input, output, fees, others = [] } = usage;
  if (input + output > MAX_TOKENS) return null;
  if (others.some((other) => possibleUsage(other.usage) === null || other.model.length > LONGEST_NAME)) return null;
  if (fees === undefined || Object.values(fees).every((count) => count <= MAX_PIECES)) return usage;
  const { fees: _, ...rest } = usage;
  return { ...rest, fees: Object.fromEntries(Object.entries(fees).filter(([, count]) => count <= MAX_PIECES)) };
}

function nameOf(served: string, exchange: Asked): string | null {
  // Most answers name the requested model.
  if (served === exchange.facts.model) return served;
  if (served.length > LONGEST_NAME) return null;
  return withoutSecrets(served.toWellFormed(), secretsOf(exchange));
}
