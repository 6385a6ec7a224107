/** The `.gitignore` rules of a folder and of all folders above it, up to the top of the repository. */
import { existsSync } from 'node:fs';
import type { Ignore } from 'ignore';
import ignoreFactory from 'ignore';
import { absolute, ancestors, isInside, join, nameOf } from './paths.ts';
import { readTextOrNull } from './regular-file.ts';

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
export function withPatterns(rules: IgnoreRules, folder: string, text: string): IgnoreRules {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#'));
  if (lines.length === 0) return rules;
  return [...rules, { base: folder.endsWith('/') ? folder : `${folder}/`, test: compile(lines) }];
}

/**
 * Without a negation the order of patterns does not matter, so patterns that only concern a name (most of them) are
 * tested with the name alone: the library caches its answers, so `index.ts` is only tested once. This halves the time
 * of a walk.
 */
function compile(lines: readonly string[]): RuleSet['test'] {
  if (lines.some((line) => line.startsWith('!'))) {
    const rules = ignoreFactory().add(lines);
    return (relative, _name, isFolder) => verdict(rules, relative, isFolder);
  }
  const isAnchored = (line: string): boolean => /\/(?=.*\S)/.test(line);
  const names = ignoreFactory().add(lines.filter((line) => !isAnchored(line)));
  const anchored = lines.filter(isAnchored);
  if (anchored.length === 0) return (_relative, name, isFolder) => verdict(names, name, isFolder);
  const paths = ignoreFactory().add(anchored);
  // The folders above a path were tested before, so a pattern can only match the whole path: its last part must match
  // the name.
  const ends = new Set(anchored.map(lastPart));
  const starts = literalStarts(anchored.filter((pattern) => isGlob(lastPart(pattern))));
  return (relative, name, isFolder) => {
    const byName = verdict(names, name, isFolder);
    if (byName !== 'silent') return byName;
    const [start = ''] = relative.split('/', 1);
    const isPossible = ends.has(name.toLowerCase()) || starts === null || starts.has(start);
    return isPossible ? verdict(paths, relative, isFolder) : 'silent';
  };
}

/** In lower case, because the library's patterns ignore case. */
function lastPart(pattern: string): string {
  return /([^/]*)\/?\s*$/.exec(pattern)?.[1]?.toLowerCase() ?? '';
}

/** The first folder of each anchored pattern; null if one of them can begin anywhere. */
function literalStarts(patterns: readonly string[]): ReadonlySet<string> | null {
  const starts = patterns.map((pattern) => pattern.replace(/^\//, '').split('/', 1)[0]?.trimEnd() ?? '');
  return starts.some(isGlob) ? null : new Set(starts);
}

function isGlob(text: string): boolean {
  return /[*?[\\]/.test(text);
}

function verdict(rules: Ignore, path: string, isFolder: boolean): Verdict {
  const { ignored, unignored } = rules.test(isFolder ? `${path}/` : path);
  return ignored ? 'ignored' : unignored ? 'kept' : 'silent';
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
export function isIgnoredAt(rules: IgnoreRules, path: string): boolean {
  return [...ancestors(path)].some((at) => verdictOn(rules, at, at !== path) === 'ignored');
}

/**
 * The rules that apply at `root` because of what is above it: `.git/info/exclude` and the `.gitignore` of each folder
 * from the top of the repository down to the parent of `root`. None if there is no repository, and none if the rules
 * exclude `root` itself: a folder that is named is meant to be scanned.
 */
export function rulesAbove(root: string): IgnoreRules {
  const top = repositoryTop(root);
  if (top === null) return NO_RULES;
  let rules = NO_RULES;
  const exclude = readTextOrNull(join(sharedGitFolder(top), 'info/exclude'));
  if (exclude !== null) rules = withPatterns(rules, top, exclude);
  const folders = [...ancestors(root)].filter((folder) => folder !== root && isInside(folder, top)).reverse();
  for (const folder of folders) {
    const text = readTextOrNull(join(folder, '.gitignore'));
    if (text !== null) rules = withPatterns(rules, folder, text);
  }
  const isLeftOut = [...folders.slice(1), root].some((folder) => verdictOn(rules, folder, true) === 'ignored');
  return isLeftOut ? NO_RULES : rules;
}

/** The nearest folder at or above `folder` that contains `.git`; null if there is none. */
export function repositoryTop(folder: string): string | null {
  for (const candidate of ancestors(folder)) {
    if (existsSync(join(candidate, '.git'))) return candidate;
  }
  return null;
}

/** `.git`, or the folder that it points to: in worktrees and submodules it is a file. */
export function gitFolder(top: string): string {
  const path = join(top, '.git');
  const target = readTextOrNull(path)?.match(/^gitdir:\s*(.+?)\s*$/m)?.[1];
  return target === undefined ? path : absolute(target, top);
}

/** The folder that contains `info`, which worktrees share. */
function sharedGitFolder(top: string): string {
  const folder = gitFolder(top);
  const common = readTextOrNull(join(folder, 'commondir'));
  return common === null ? folder : absolute(common.trim(), folder);
}
