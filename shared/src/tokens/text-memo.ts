import { LRUCache } from 'lru-cache';

/** Prompts repeat within a scan and between keystrokes. The remembered texts stay under about 8 MB. */
const MAX_TEXTS = 4096;
const MAX_CHARACTERS = 4_000_000;

/** `measure`, with its results for the most recent texts remembered. */
export function rememberTexts<Result extends number | boolean | object>(
  measure: (text: string) => Result,
): (text: string) => Result {
  const known = new LRUCache<string, Result>({
    max: MAX_TEXTS,
    maxSize: MAX_CHARACTERS,
    sizeCalculation: (_, text) => Math.max(1, text.length),
  });
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const result = measure(text);
    known.set(text, result);
    return result;
  };
}
