/** Cohere bills less than its models read: what it adds before a prompt is free. */
import { asObject, type JsonObject } from '../../support/json-body.ts';
import type { Usage } from '../usage.ts';
import { countOf, largest, usageOf } from './counts.ts';

/** `usage` of its second API, or `meta` of its first. Null if neither tokens nor searches were counted. */
export function cohereUsage(usage: JsonObject | null): Usage | null {
  const billed = asObject(usage?.billed_units);
  const tokens = asObject(usage?.tokens);
  const counted = billed ?? tokens;
  if (counted === null) return null;
  const units = countOf(billed?.search_units);
  const input = largest(counted.input_tokens);
  const output = countOf(counted.output_tokens);
  if (input === null && output === null && units === null && countOf(billed?.images) === null) return null;
  return usageOf({
    input: input ?? 0,
    output: output ?? 0,
    // There is no indication that cached tokens are billed differently.
    reasoning: countOf(tokens?.reasoning_tokens),
    imageInput: countOf(billed?.image_tokens),
    fees: { 'search-unit': units, image: countOf(billed?.images) },
  });
}
