/** The batch APIs that are known. */
import type { BatchService } from '../service.ts';
import { anthropicBatches } from './anthropic.ts';
import { openaiBatches } from './openai.ts';

const SERVICES = [openaiBatches, anthropicBatches];

/**
 * Null for a client whose batch API is not known.
 *
 * @param client sends requests as they are: those about batches cost nothing
 * @param live sends requests through the meter
 */
export function serviceOf(client: object, live: object): BatchService | null {
  for (const service of SERVICES) {
    const found = service(client, live);
    if (found !== null) return found;
  }
  return null;
}
