/** Prompts repeat within a scan and between keystrokes. The remembered texts stay under about 8 MB. */
const MAX_TEXTS = 4096;
const MAX_CHARACTERS = 4_000_000;

/** `measure`, with its results for the most recent texts remembered. */
export function rememberTexts<Result extends number | object>(
  measure: (text: string) => Result,
): (text: string) => Result {
  let known = new Map<string, Result>();
  let characters = 0;
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const result = measure(text);
    if (known.size >= MAX_TEXTS || characters + text.length > MAX_CHARACTERS) {
      known = new Map();
      characters = 0;
    }
    if (text.length <= MAX_CHARACTERS) {
      known.set(text, result);
      characters += text.length;
    }
    return result;
  };
}
