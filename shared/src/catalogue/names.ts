/**
 * When two names mean one model: exactly, or up to a date. A dated name may not stand for a similar one: `-0613` and
 * `-2407` are versions with prices of their own, so only whole dates count.
 */
const DATE_SUFFIX = /(?:-(\d{4})-(\d{2})-(\d{2})|[-@](\d{4})(\d{2})(\d{2}))$/;

/** The name without its date, or null where it does not end in one: `gpt-4o` of `gpt-4o-2024-08-06`. */
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
 * The entry of a name in an index: of the name itself, or of the name without its date; whatever the case of its letters,
 * where the index has names in lower case. `-latest` is no date: what it points to may have another price than the name
 * before it, as gemini-pro-latest has.
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

/** All spellings of an id, the id itself first: each rewrite works on what the ones before it gave. */
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
