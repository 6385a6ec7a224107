/** Which files may call a wrapper: their texts are searched for the wrappers' names, as these become known. */
import type { WrapperEntry } from './wrapper-index.ts';

/** A name in more files than this, and in more than one in twenty, is a common word (`run`, `create`). */
const MAX_COMMON = 60;
const COMMON_SHARE = 1 / 20;

export interface NameSearch {
  /** True where `text` mentions one of the wrappers; `path` is where it stands. */
  readonly mentions: (path: string, text: string) => boolean;
}

/**
 * A search for calls of these wrappers. Of a name that is `common`, a file counts only where it also names what the
 * wrapper belongs to: its class, what that extends or implements, or its module.
 */
export function createNameSearch(entries: readonly WrapperEntry[], common: ReadonlySet<string>): NameSearch {
  const byName = Map.groupBy(entries, ({ name }) => name);
  const pattern = patternOf(byName.keys(), 'g');
  const owners = new Map(
    [...byName].filter(([name]) => common.has(name)).map(([name, same]) => [name, patternOf(same.flatMap(ownersOf))]),
  );
  return {
    mentions: (path, text) => {
      for (const name of namesIn(text, pattern, byName)) {
        const owner = owners.get(name);
        if (owner === undefined || owner.test(text) || byName.get(name)?.some((one) => one.path === path)) return true;
      }
      return false;
    },
  };
}

/** The names of `entries` that occur in too many texts to identify a wrapper. */
export function commonNames(entries: readonly WrapperEntry[], texts: Iterable<string | null>): readonly string[] {
  const byName = Map.groupBy(entries, ({ name }) => name);
  const pattern = patternOf(byName.keys(), 'g');
  const counts = new Map<string, number>();
  let files = 0;
  for (const text of texts) {
    files++;
    if (text === null) continue;
    for (const name of namesIn(text, pattern, byName)) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const most = Math.max(MAX_COMMON, files * COMMON_SHARE);
  return [...counts].flatMap(([name, count]) => (count > most ? [name] : []));
}

function patternOf(words: Iterable<string>, flags = ''): RegExp {
  const alternatives = [...new Set(words)].map((word) => word.replace(/[^\w]/g, '\\$&'));
  return new RegExp(`\\b(?:${alternatives.join('|') || '(?!)'})\\b`, flags);
}

function namesIn(
  text: string,
  pattern: RegExp,
  byName: ReadonlyMap<string, readonly WrapperEntry[]>,
): ReadonlySet<string> {
  const found = new Set<string>();
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null && found.size < byName.size; match = pattern.exec(text)) {
    const [name] = match;
    const isFunction = byName.get(name)?.some(({ method }) => method === null) === true;
    if (isFunction || isMember(text, match.index)) found.add(name);
  }
  return found;
}

/** True for `.name`. */
function isMember(text: string, at: number): boolean {
  let before = at - 1;
  while (before >= 0 && /\s/.test(text.charAt(before))) before--;
  return text.charAt(before) === '.';
}

function ownersOf({ path, method }: WrapperEntry): readonly string[] {
  const module = /([^/]+)\.\w+$/.exec(path.replace(/\/(?:index|__init__)(\.\w+)$/, '$1'))?.[1];
  const className = method?.className.split('.').pop();
  return [module, className, ...(method?.ancestors ?? [])].filter((word) => word !== undefined);
}
