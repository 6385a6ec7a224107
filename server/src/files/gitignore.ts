/** `.gitignore` rules of a folder and of all folders above it, up to the repository's top. */
import { existsSync } from 'node:fs';
import type { Ignore } from 'ignore';
import ignoreFactory from 'ignore';
import { absolute, ancestors, isInside, join, nameOf } from './paths.ts';
import { readTextOrNull } from './regular-file.ts';

/** The rules of one file, which hold for paths under `base` (with a slash at its end). */
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
 * Without a negation the order of patterns does not matter, so those about a name alone, which are most, are asked about
 * the name alone: the library remembers its answer, and `index.ts` is asked about once. This halves the time of a walk.
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
  // What holds a path was asked about before, so that a pattern can only match it as a whole: its name by the last part.
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

/** In lower case: the library's patterns match in any. */
function lastPart(pattern: string): string {
  return /([^/]*)\/?\s*$/.exec(pattern)?.[1]?.toLowerCase() ?? '';
}

/** The first folder of each anchored pattern; null where one of them may begin anywhere. */
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

/** What the rules say about `path`; `kept` is a negated pattern. Folders are asked about before what they hold. */
export function verdictOn(rules: IgnoreRules, path: string, isFolder: boolean): Verdict {
  const name = nameOf(path);
  for (let index = rules.length - 1; index >= 0; index--) {
    const set = rules[index] as RuleSet;
    if (!path.startsWith(set.base) || path.length === set.base.length) continue;
    const said = set.test(path.slice(set.base.length), name, isFolder);
    if (said !== 'silent') return said;
  }
  return 'silent';
}

/**
 * The rules that hold at `root` by what stands above it: `.git/info/exclude` and the `.gitignore` of each folder from the
 * repository's top down to the one above `root`. None where no repository is found, and none where they leave out `root`
 * itself: whoever names a folder wants it scanned.
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

/** The nearest folder at or above `folder` that holds `.git`; null where there is none. */
export function repositoryTop(folder: string): string | null {
  for (const candidate of ancestors(folder)) {
    if (existsSync(join(candidate, '.git'))) return candidate;
  }
  return null;
}

/** `.git`, or where its file points: worktrees and submodules have theirs in the main repository's. */
export function gitFolder(top: string): string {
  const own = join(top, '.git');
  const target = readTextOrNull(own)?.match(/^gitdir:\s*(.+?)\s*$/m)?.[1];
  return target === undefined ? own : absolute(target, top);
}

/** Where `info` is, which worktrees share. */
function sharedGitFolder(top: string): string {
  const folder = gitFolder(top);
  const common = readTextOrNull(join(folder, 'commondir'));
  return common === null ? folder : absolute(common.trim(), folder);
}
