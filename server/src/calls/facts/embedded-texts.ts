/** The texts of an embedding request: how many it carries, and where they and their vectors are in the code. */
import type { Target } from '../../edits/fix.ts';
import type { Value } from '../../evaluate/values.ts';
import type { Origin } from '../../ir/origin.ts';
import type { SdkCall } from '../../sdks/trail-result.ts';
import { roleOf } from '../request.ts';
import { placeOfRole } from './edit-targets.ts';
import { codeFact } from './fact.ts';

/**
 * `one` if the input is text, an array of one item, or a method that accepts only one; `several` for any other array;
 * `unknown` if the input may be either, and for other families.
 */
export type TextCount = 'one' | 'several' | 'unknown';

export interface EmbeddedTexts {
  readonly count: TextCount;
  /** Where the text is written, and the list in the answer with one item for each; null if unknown. */
  readonly place: { readonly input: Target; readonly answers: string } | null;
}

export const embeddedTexts = codeFact('embeddedTexts', ({ sdkCall, referenced, sourceOf }): EmbeddedTexts => {
  const { family, answers } = sdkCall.call;
  const input = family === 'embedding' ? placeOfRole(sdkCall, 'prompt', referenced) : null;
  return {
    count: textCountOf(sdkCall, sourceOf),
    place: input === null || answers === undefined ? null : { input: input.target, answers },
  };
});

/** Names of lists that hold chunks of items rather than items. */
const CHUNKED = /batch|chunk|range|group|split|partition/i;

export function textCountOf(call: SdkCall, sourceOf: (origin: Origin) => string): TextCount {
  if (call.call.family !== 'embedding') return 'unknown';
  const value = (roleOf(call, 'prompt') ?? roleOf(call, 'messages'))?.value;
  return value === undefined ? 'unknown' : textsIn(value, sourceOf);
}

/** The number of texts that a value is, as the input of an embedding request. */
export function textsIn(value: Value, sourceOf: (origin: Origin) => string): TextCount {
  switch (value.kind) {
    case 'text':
      return 'one';
    case 'array': {
      const [item] = value.items;
      if (item === undefined || value.items.length > 1 || value.open.length > 0) return 'several';
      // An image, or a nested list, is not text.
      if (item.kind === 'object' || item.kind === 'array') return 'unknown';
      return item.kind === 'unknown' && item.reason === 'item' ? textsIn(item, sourceOf) : 'one';
    }
    case 'unknown':
      if (value.isText) return 'one';
      return value.reason === 'item' && value.origin && !CHUNKED.test(sourceOf(value.origin)) ? 'one' : 'unknown';
    default:
      return 'unknown';
  }
}
