import { LRUCache } from 'lru-cache';

/** Prompts repeat within a scan and between keystrokes. The remembered texts stay under about 8 MB. */
const MAX_TEXTS = 4096;
const MAX_CHARACTERS = 4_000_000;

/** `measure`, with its results for the most recent texts remembered. */
export function rememberTexts<Result extends number | boolean | object>(
  measure: (text: string) => Result,
): (text: string) => Result {
  // Made on first use: a cache sets its tables up for as many entries as it may hold.
  let known: LRUCache<string, Result> | null = null;
  return (text) => {
    known ??= new LRUCache({
      max: MAX_TEXTS,
      maxSize: MAX_CHARACTERS,
      sizeCalculation: (_, measured) => Math.max(1, measured.length),
    });
    const before = known.get(text);
    if (before !== undefined) return before;
    const result = measure(text);
    known.set(text, result);
    return result;
  };
}
