/** Which files may call a wrapper: their texts are searched for the wrappers' names, as these become known. */
import type { WrapperEntry } from './wrapper-index.ts';

/** A name in more files than this, and in more than one in twenty, is a common word (`run`, `create`). */
const MAX_COMMON = 60;
const COMMON_SHARE = 1 / 20;

/** The names of wrappers in one text. */
export interface NamesInText {
  /** Those that occur in it at all. */
  readonly mentioned: ReadonlySet<string>;
  /** Those of them that it may call, or hand on to be called. */
  readonly used: ReadonlySet<string>;
}

export interface NameSearch {
  /** `path` is where the text stands. */
  readonly namesIn: (path: string, text: string) => NamesInText;
}

/** True for a text that may use one of the wrappers; `path` is where it stands. */
export type WrapperSearch = (path: string, text: string) => boolean;

/** A search for uses of these wrappers. For the names that are `common`, see `createOwnerCheck`. */
export function createWrapperSearch(entries: readonly WrapperEntry[], common: ReadonlySet<string>): WrapperSearch {
  const { namesIn } = createNameSearch(entries);
  const isOfWrapper = createOwnerCheck(entries, common);
  return (path, text) => isOfWrapper(path, text, namesIn(path, text).used);
}

const NO_NAMES: NamesInText = { mentioned: new Set(), used: new Set() };
/** An expression that matches nothing is tried at each character of a text. */
const NO_SEARCH: NameSearch = { namesIn: () => NO_NAMES };

/** A search for the names of these wrappers. */
export function createNameSearch(entries: readonly WrapperEntry[]): NameSearch {
  const areFunctions = new Map<string, boolean>();
  // Whether a file imports an object is looked at later, and an object with its module's name only occurs in the import.
  const objects = new Set(entries.filter(isObject).map(({ name }) => name));
  for (const { name, method } of entries) areFunctions.set(name, areFunctions.get(name) === true || method === null);
  if (areFunctions.size === 0) return NO_SEARCH;
  const pattern = patternOf(areFunctions.keys(), 'g');
  return {
    namesIn: (path, text) => {
      const mentioned = new Set<string>();
      const used = new Set<string>();
      pattern.lastIndex = 0;
      for (
        let match = pattern.exec(text);
        match !== null && used.size < areFunctions.size;
        match = pattern.exec(text)
      ) {
        const [name] = match;
        if (used.has(name) || !(areFunctions.get(name) || isMember(text, match.index))) continue;
        mentioned.add(name);
        if (objects.has(name) || isUse(path, text, match.index, pattern.lastIndex)) used.add(name);
      }
      return { mentioned, used };
    },
  };
}

/** The names of `entries` that occur in too many of the texts to identify a wrapper. `files` counts all texts. */
export function commonNames(
  entries: readonly WrapperEntry[],
  texts: Iterable<NamesInText>,
  files: number,
): readonly string[] {
  const counts = new Map(entries.map(({ name }) => [name, 0]));
  for (const { mentioned } of texts) {
    for (const name of mentioned) {
      const count = counts.get(name);
      if (count !== undefined) counts.set(name, count + 1);
    }
  }
  const maxFiles = Math.max(MAX_COMMON, files * COMMON_SHARE);
  return [...counts].flatMap(([name, count]) => (count > maxFiles ? [name] : []));
}

/**
 * Tells whether a text that uses `names` may use one of these wrappers. Of a name that is `common`, a file counts only
 * where it also names what the wrapper belongs to: its class, what that extends or implements, or its module.
 */
export function createOwnerCheck(
  entries: readonly WrapperEntry[],
  common: ReadonlySet<string>,
): (path: string, text: string, names: ReadonlySet<string>) => boolean {
  const byName = Map.groupBy(entries, ({ name }) => name);
  const owners = new Map(
    [...byName].flatMap(([name, same]): [string, RegExp][] => {
      // Only a file that imports it can run an object.
      if (same.every(isObject)) return [[name, importOf(same)]];
      // A package exports what its modules hold: callers of a function name the folder alone.
      const functions = same.filter(({ method }) => method === null);
      const owned = [patternOf(same.flatMap(ownersOf)), ...(functions.length > 0 ? [importOf(functions)] : [])];
      return common.has(name) ? [[name, new RegExp(owned.map(({ source }) => source).join('|'), 'm')]] : [];
    }),
  );
  return (path, text, names) => {
    for (const name of names) {
      const same = byName.get(name);
      if (same === undefined) continue;
      const owner = owners.get(name);
      if (owner === undefined || owner.test(text) || same.some((one) => one.path === path)) return true;
    }
    return false;
  };
}

function patternOf(words: Iterable<string>, flags = ''): RegExp {
  const alternatives = [...new Set(words)].map((word) => word.replace(/[^\w]/g, '\\$&'));
  return new RegExp(`\\b(?:${alternatives.join('|') || '(?!)'})\\b`, flags);
}

/** True for `.name`. */
function isMember(text: string, at: number): boolean {
  let before = at - 1;
  while (before >= 0 && isSpace(text.charCodeAt(before))) before--;
  return text.charAt(before) === '.';
}

/** What declares the name that follows, and calls nothing. */
const DECLARES = /\b(?:def|function|async)[ \t]+$/;
const LONGEST_DECLARATION = 'function '.length + 4;
/** What may follow a name that is called, handed on, imported or given another name. */
const FOLLOWS_USE = new Set([...'(<,);}]`\r\n']);

/**
 * True where the name between `start` and `end` may be a call or a reference, judging by what stands around it: not in
 * prose, as a field or a keyword argument, or where it is declared. That spares parsing the file.
 */
function isUse(path: string, text: string, start: number, end: number): boolean {
  let after = end;
  while (text.charAt(after) === ' ' || text.charAt(after) === '\t') after++;
  const next = text.charAt(after);
  if (!FOLLOWS_USE.has(next) && next !== '' && !isOtherUse(path, text, after)) return false;
  return next !== '(' || !DECLARES.test(text.slice(Math.max(0, start - LONGEST_DECLARATION), start));
}

function isOtherUse(path: string, text: string, at: number): boolean {
  const next = text.charAt(at);
  // `import { ask as complete }`
  if (next === 'a') return /^as\s/.test(text.slice(at, at + 3));
  if (path.endsWith('.py')) return next === '#' || next === '\\';
  // The lines of a notebook's cells are strings.
  if (path.endsWith('.ipynb')) return next === '#' || next === '\\' || next === '"';
  // `ask?.(prompt)`, `ask!(prompt)`, `const { ask: complete } = llm`, comments
  return (
    next === ':' ||
    (next === '?' && text.charAt(at + 1) === '.') ||
    (next === '!' && text.charAt(at + 1) !== '=') ||
    // Not a path (`// POST /api/links`) or a division.
    (next === '/' && (text.charAt(at + 1) === '/' || text.charAt(at + 1) === '*'))
  );
}

function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || code === 160;
}

function isObject({ isObject }: WrapperEntry): boolean {
  return isObject === true;
}

/** An import of a module of these, or of the folder that it is in, which may export it as well. */
function importOf(entries: readonly WrapperEntry[]): RegExp {
  const modules = entries.flatMap(({ path }) =>
    path
      .replace(/(?:\/(?:index|__init__))?\.\w+$/, '')
      .split('/')
      .slice(-2),
  );
  const names = [...new Set(modules)].map((name) => name.replace(/[^\w]/g, '\\$&')).join('|');
  const quoted = `\\b(?:from|import|require)\\s*\\(?\\s*['"](?:[^'"\\n]*[/.])?(?:${names})(?:\\.[cm]?[jt]sx?)?['"]`;
  const bare = `\\b(?:from|import)\\s+(?:[\\w.]*\\.)?(?:${names})(?:\\s+import\\b|\\s*$)`;
  return new RegExp(`${quoted}|${bare}`, 'm');
}

function ownersOf({ path, method }: WrapperEntry): readonly string[] {
  const module = /([^/]+)\.\w+$/.exec(path.replace(/\/(?:index|__init__)(\.\w+)$/, '$1'))?.[1];
  const className = method?.className.split('.').pop();
  return [module, className, ...(method?.ancestors ?? [])].filter((word) => word !== undefined);
}
