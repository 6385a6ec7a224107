/** The batch APIs that are known. */
import type { BatchService } from '../service.ts';
import { anthropicBatches } from './anthropic.ts';
import { geminiBatches } from './gemini.ts';
import { openaiBatches } from './openai.ts';

const SERVICES = [openaiBatches, anthropicBatches, geminiBatches];

/**
 * Null for a client whose batch API is not known.
 *
 * @param client sends requests as they are: those about batches cost nothing
 * @param live sends requests through the meter
 * @param fetch sends requests as they are, for clients that have no copies
 */
export function serviceOf(client: object, live: object, fetch: typeof globalThis.fetch): BatchService | null {
  for (const service of SERVICES) {
    const found = service(client, live, fetch);
    if (found !== null) return found;
  }
  return null;
}
