/** Which calls an entry of the configuration applies to. */
import type { CallSelector } from '@farthing/shared/config-defaults';
import ignore, { type Ignore } from 'ignore';
import { absolute, isInside, relativeTo } from '../files/paths.ts';
import type { Origin } from '../ir/origin.ts';

export interface SelectedCall {
  readonly id: string;
  readonly function: string | null;
  readonly origin: Origin;
}

/**
 * Finds the first entry that matches completely; null if none does.
 *
 * @param folder absolute: what the entries' globs are relative to. They are read as lines of a `.gitignore`, like those
 * of `ignore`: `src/support/**`, `answer.ts` (in any folder), `/answer.ts`.
 */
export function createSelector<Entry extends CallSelector>(
  entries: readonly Entry[],
  folder: string,
): (call: SelectedCall, fits?: (entry: Entry) => boolean) => Entry | null {
  const matchers = entries.map((entry) => ({ entry, matches: createMatcher(entry) }));
  const pathOf = createPathIn(folder);
  return (call, fits = () => true) => {
    const path = pathOf(call);
    return matchers.find(({ entry, matches }) => matches(call, path) && fits(entry))?.entry ?? null;
  };
}

/** The calls' paths relative to `folder`, as globs see them; null for a call outside it. */
export function createPathIn(folder: string): (call: SelectedCall) => string | null {
  const base = absolute(folder);
  return ({ origin: { path } }) => (isInside(path, base) ? relativeTo(path, base) || null : null);
}

/** True for a call that the entry applies to; `path` is the call's, relative to the configuration. */
export function createMatcher(
  entry: CallSelector,
): (call: Pick<SelectedCall, 'id' | 'function'>, path: string | null) => boolean {
  const isInGlob = entry.path === undefined ? null : createGlob(entry.path);
  return (call, path) =>
    (entry.call === undefined || entry.call === call.id) &&
    (entry.function === undefined || entry.function === call.function) &&
    (isInGlob === null || (path !== null && isInGlob(path)));
}

/**
 * A configuration may have tens of thousands of globs, each of which is asked about every path: what the glob names
 * literally is looked for first, and the pattern is only made for a path that has it.
 */
function createGlob(glob: string): (path: string) => boolean {
  const literal = longestLiteral(glob);
  let pattern: Ignore | null = null;
  return (path) => {
    if (!path.toLowerCase().includes(literal)) return false;
    pattern ??= ignore().add(glob);
    return pattern.ignores(path);
  };
}

/** Text that every path matching the glob contains, in lower case since case does not count; empty if there is none. */
function longestLiteral(glob: string): string {
  // Each line is a pattern by itself.
  if (/[\r\n]/.test(glob)) return '';
  const literals = glob
    .split(/\[[^\]]*\]?|\\.?|[*?!#\s]/)
    .map((part) => part.replace(/^\/+|\/+$/g, '').toLowerCase())
    .sort((a, b) => b.length - a.length);
  return literals[0] ?? '';
}
