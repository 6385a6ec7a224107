/**
 * The `.gitignore` rules of a folder and of all folders above it, up to the top of the repository. The user's own ignore
 * file (`core.excludesFile`) is not read: a scan gives the same result on every machine.
 */
import { lstatSync } from 'node:fs';
import type { Ignore } from 'ignore';
import ignoreFactory from 'ignore';
import { ancestors, isInside, join, nameOf } from '../paths.ts';
import { readTextOrNull } from '../regular-file.ts';
import { ignoresCase, repositoryTop, sharedGitFolder } from './repository.ts';

/** The rules of one file, which apply to paths under `base` (with a trailing slash). */
interface RuleSet {
  readonly base: string;
  readonly test: (relative: string, name: string, isFolder: boolean) => Verdict;
}

/** Rule sets from the outermost folder to the innermost; a later one overrides an earlier one. */
export type IgnoreRules = readonly RuleSet[];

export type Verdict = 'ignored' | 'kept' | 'silent';

export const NO_RULES: IgnoreRules = [];

/** `rules` with the patterns in `text` (lines) added for everything under `folder`. */
export function withPatterns(rules: IgnoreRules, folder: string, text: string, isAnyCase: boolean): IgnoreRules {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#'));
  if (lines.length === 0) return rules;
  return [...rules, { base: folder.endsWith('/') ? folder : `${folder}/`, test: compile(lines, isAnyCase) }];
}

/** The patterns of a configuration's `ignore`, relative to `folder`. */
export function configuredRules(patterns: readonly string[], folder: string): IgnoreRules {
  if (patterns.length === 0) return NO_RULES;
  return withPatterns(NO_RULES, folder, patterns.join('\n'), ignoresCase(repositoryTop(folder)));
}

/**
 * Without a negation the order of patterns does not matter, so patterns that only concern a name (most of them) are
 * tested with the name alone: the library caches its answers, so `index.ts` is only tested once. This halves the time
 * of a walk.
 */
function compile(lines: readonly string[], isAnyCase: boolean): RuleSet['test'] {
  if (lines.some((line) => line.startsWith('!'))) {
    const all = compilePatterns(lines, isAnyCase);
    return (relative, _name, isFolder) => all(relative, isFolder);
  }
  const isAnchored = (line: string): boolean => /\/(?=.*\S)/.test(line);
  const names = compilePatterns(
    lines.filter((line) => !isAnchored(line)),
    isAnyCase,
  );
  const anchored = lines.filter(isAnchored);
  if (anchored.length === 0) return (_relative, name, isFolder) => names(name, isFolder);
  const paths = compilePatterns(anchored, isAnyCase);
  // A pattern can only match the whole path: its last part must match the name.
  const ends = new Set(anchored.map(lastPart));
  const starts = literalStarts(anchored.filter((pattern) => isGlob(lastPart(pattern))));
  return (relative, name, isFolder) => {
    const byName = names(name, isFolder);
    if (byName !== 'silent') return byName;
    const [start = ''] = relative.split('/', 1);
    const isPossible = ends.has(name.toLowerCase()) || starts === null || starts.has(start.toLowerCase());
    return isPossible ? paths(relative, isFolder) : 'silent';
  };
}

/** In lower case, because some repositories ignore case, and for the others this only narrows less. */
function lastPart(pattern: string): string {
  return /([^/]*?)\/? *$/.exec(pattern)?.[1]?.toLowerCase() ?? '';
}

/** The first folder of each anchored pattern, in lower case; null if one of them can begin anywhere. */
function literalStarts(patterns: readonly string[]): ReadonlySet<string> | null {
  const starts = patterns.map((pattern) => pattern.replace(/^\//, '').split('/', 1)[0]?.trimEnd() ?? '');
  return starts.some(isGlob) ? null : new Set(starts.map((start) => start.toLowerCase()));
}

function isGlob(text: string): boolean {
  return /[*?[\\]/.test(text);
}

/**
 * Tests paths by themselves. The library also tests the folders above a path, but whether those are ignored is known:
 * an inner `.gitignore` may have brought one back. So its last pattern brings back every folder, and folders are tested
 * as if they were files, by patterns without their final slash.
 */
function compilePatterns(lines: readonly string[], isAnyCase: boolean): (path: string, isFolder: boolean) => Verdict {
  const create = (patterns: readonly string[]): Ignore =>
    ignoreFactory({ ignorecase: isAnyCase }).add([...patterns, '!*/']);
  const files = create(lines);
  let folders: Ignore | null = null;
  return (path, isFolder) => {
    if (isFolder) folders ??= create(lines.map((line) => line.replace(/(?<=[^\\/])\/ *$/, '')));
    const { ignored, unignored } = (isFolder && folders ? folders : files).test(path);
    return ignored ? 'ignored' : unignored ? 'kept' : 'silent';
  };
}

/**
 * The verdict of the rules on `path`; `kept` means that a negated pattern matches. Folders are tested before their
 * contents.
 */
export function verdictOn(rules: IgnoreRules, path: string, isFolder: boolean): Verdict {
  const name = nameOf(path);
  for (let index = rules.length - 1; index >= 0; index--) {
    const set = rules[index] as RuleSet;
    if (!path.startsWith(set.base) || path.length === set.base.length) continue;
    const verdict = set.test(path.slice(set.base.length), name, isFolder);
    if (verdict !== 'silent') return verdict;
  }
  return 'silent';
}

/** True where the rules ignore `path` or a folder that contains it. */
export function isIgnoredAt(rules: IgnoreRules, path: string, isFolder = false): boolean {
  return [...ancestors(path)].some((at) => verdictOn(rules, at, isFolder || at !== path) === 'ignored');
}

/**
 * The rules that apply at `root` because of what is above it: `.git/info/exclude` and the `.gitignore` of each folder
 * from the top of the repository down to the parent of `root`. There are none outside a repository, and none if the rules
 * exclude `root` itself: a folder that is named is meant to be scanned.
 */
export function rulesAbove(root: string): IgnoreRules {
  const rules = rulesOver(root);
  return isIgnoredAt(rules, root, true) ? NO_RULES : rules;
}

/** The same, whether or not the rules exclude `path` itself. */
export function rulesOver(path: string): IgnoreRules {
  const top = repositoryTop(path);
  if (top === null) return NO_RULES;
  const isAnyCase = ignoresCase(top);
  let rules = excludedIn(top, isAnyCase);
  const folders = [...ancestors(path)].filter((folder) => folder !== path && isInside(folder, top)).reverse();
  for (const folder of folders) {
    const text = ignoreFileOf(folder);
    if (text !== null) rules = withPatterns(rules, folder, text, isAnyCase);
  }
  return rules;
}

/** The text of a folder's own `.gitignore`; null if it has none. A link is none, as git has it: it may lead anywhere. */
export function ignoreFileOf(folder: string): string | null {
  const path = join(folder, '.gitignore');
  try {
    return lstatSync(path).isFile() ? readTextOrNull(path) : null;
  } catch {
    return null;
  }
}

/** The rules of `.git/info/exclude`. */
export function excludedIn(top: string, isAnyCase: boolean): IgnoreRules {
  const text = readTextOrNull(join(sharedGitFolder(top), 'info/exclude'));
  return text === null ? NO_RULES : withPatterns(NO_RULES, top, text, isAnyCase);
}
