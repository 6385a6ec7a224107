/**
 * When two names refer to the same model: exactly, or except for a date. A dated name must not stand for a similar one:
 * `-0613` and `-2407` are versions with their own prices, so only full dates count.
 */
const DATE_SUFFIX = /(?:-(\d{4})-(\d{2})-(\d{2})|[-@](\d{4})(\d{2})(\d{2}))$/;

/** The name without its date, or null if it does not end with one: `gpt-4o` for `gpt-4o-2024-08-06`. */
export function withoutDate(name: string): string | null {
  const match = DATE_SUFFIX.exec(name);
  if (match === null || match.index === 0) return null;
  const year = Number(match[1] ?? match[4]);
  const month = Number(match[2] ?? match[5]);
  const day = Number(match[3] ?? match[6]);
  if (year < 2020 || year > 2099 || month < 1 || month > 12 || day < 1 || day > 31) return null;
  return name.slice(0, match.index);
}

/**
 * The index entry for a name, or for the name without its date. The case of letters is ignored if the index has
 * lower-case names. `-latest` is not a date: the model it points to may have another price than the name before it, as
 * gemini-pro-latest has.
 */
export function lookUp<Entry>(index: ReadonlyMap<string, Entry>, name: string): Entry | null {
  for (const spelling of [name, name.toLowerCase()]) {
    const exact = index.get(spelling);
    if (exact !== undefined) return exact;
    const undated = withoutDate(spelling);
    const entry = undated === null ? undefined : index.get(undated);
    if (entry !== undefined) return entry;
  }
  return null;
}

/** All spellings of an id, starting with the id itself: each rewrite applies to the results of the previous ones. */
export function spellings(id: string, rewrites: readonly (readonly [RegExp, string])[] = []): string[] {
  const found = [id];
  let current = id;
  for (const [pattern, replacement] of rewrites) {
    const next = current.replace(pattern, replacement);
    if (next === current) continue;
    found.push(next);
    current = next;
  }
  return found;
}
