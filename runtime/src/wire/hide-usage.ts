/**
 * Removes from a chat completion's stream what the runtime asked for and its reader did not: the chunk with the usage,
 * and the `"usage":null` that all other chunks then contain. All other bytes stay the same.
 */
import { createSseRewriter, type SseRewriter } from './framing/sse-rewriter.ts';

/** A chunk without a choice is the one that only has the usage. */
const USAGE_CHUNK = /"choices":\s*\[\s*\]/;
const USAGE = /"usage":\s*\{/;
/** Inside a text the quotes would be escaped, so this only matches the field. */
const NO_USAGE = /,\s*"usage":\s*null/;

export function createUsageHider(): SseRewriter {
  return createSseRewriter(shown);
}

function shown(event: string): string {
  return USAGE.test(event) && USAGE_CHUNK.test(event) ? '' : event.replace(NO_USAGE, '');
}
