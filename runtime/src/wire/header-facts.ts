/** What the headers of an answer say about its usage: a gateway's cost, a cloud's counts. */
import type { Settlement } from './settlement.ts';
import { isCostHeader, statedInHeaders } from './stated-cost.ts';
import { headerUsage, isCountHeader } from './tokens/bedrock.ts';
import type { Usage } from './usage.ts';

export interface HeaderFacts {
  readonly usage: Usage | null;
  readonly statedCost: number | null;
}

/** False for the headers of most answers, which are then not searched by name. */
export function isFactHeader(name: string): boolean {
  return isCostHeader(name) || isCountHeader(name);
}

/** Null if they say nothing. */
export function headerFacts(headers: Headers): HeaderFacts | null {
  const usage = headerUsage(headers);
  const statedCost = statedInHeaders(headers);
  return usage === null && statedCost === null ? null : { usage, statedCost };
}

/** The answer's own counts override its headers. */
export function withHeaderFacts(settlement: Settlement, facts: HeaderFacts | null): Settlement {
  if (facts === null) return settlement;
  const { usage, answer } = settlement;
  return {
    ...settlement,
    usage: usage ?? facts.usage,
    answer: { ...answer, statedCost: answer.statedCost ?? facts.statedCost },
  };
}
