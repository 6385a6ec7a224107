/**
 * Takes out of a chat completion's stream what the runtime asked for and its reader did not: the chunk with the usage, and
 * the `"usage":null` that all other chunks carry with it.
 */
type Bytes = Uint8Array<ArrayBuffer>;

export interface UsageHider {
  /** The bytes that may be shown now: whole events, what is not yet one waits. */
  readonly push: (bytes: Bytes) => Bytes;
  readonly flush: () => Bytes;
}

const EVENT_END = /\r?\n\r?\n/g;
/** A chunk without a choice is the one that only has the usage. */
const USAGE_CHUNK = /"choices":\s*\[\s*\]/;
const USAGE = /"usage":\s*\{/;
/** Inside a text the quotes would be escaped, so that this stands for the field alone. */
const NO_USAGE = /,\s*"usage":\s*null/;

export function createUsageHider(): UsageHider {
  const decoder = new TextDecoder();
  const encoder = new TextEncoder();
  let waiting = '';
  const shown = (event: string): string =>
    USAGE.test(event) && USAGE_CHUNK.test(event) ? '' : event.replace(NO_USAGE, '');
  return {
    push: (bytes) => {
      waiting += decoder.decode(bytes, { stream: true });
      let text = '';
      let from = 0;
      for (const { 0: end, index } of waiting.matchAll(EVENT_END)) {
        text += shown(waiting.slice(from, index + end.length));
        from = index + end.length;
      }
      waiting = waiting.slice(from);
      return encoder.encode(text);
    },
    flush: () => encoder.encode(shown(waiting + decoder.decode())),
  };
}
