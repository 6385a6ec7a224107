/** Which lines a command line asks for: those that differ from a commit, or those of a diff. */
import { resolve } from 'node:path';
import { repositoryTop } from '../files/git/repository.ts';
import { MissingGit, runGit } from '../files/git/run-git.ts';
import { absolute } from '../files/paths.ts';
import { describeError, isMissing } from '../files/problem.ts';
import { readRegularFile } from '../files/regular-file.ts';
import { type Changes, changesIn } from '../report/changes.ts';
import { UsageError } from './exit.ts';
import type { Io } from './io.ts';

export interface WantedChanges {
  readonly changes: Changes;
  /** Absolute: what the paths are relative to. */
  readonly folder: string;
  /** `changed since main`. */
  readonly description: string;
}

/** Bytes. */
const MAX_DIFF = 512 * 1024 * 1024;

/** @throws UsageError if there is no such commit, file or diff */
export function changesSince(ref: string, io: Io): WantedChanges {
  const top = repositoryTop(absolute(io.cwd));
  if (top === null)
    throw new UsageError('--changed-since needs a git repository. --diff reads the changes from a file.');
  const commit = git(top, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`])?.trim();
  if (!commit) {
    throw new UsageError(
      `--changed-since: there is no commit "${ref}" here. In CI, check out the whole history (fetch-depth: 0).`,
    );
  }
  // What the other branch did since this one left it is no change of this one.
  const base = git(top, ['merge-base', commit, 'HEAD'])?.trim() || commit;
  const diff = git(top, [
    'diff',
    '--no-color',
    '--no-ext-diff',
    '--no-textconv',
    '--no-renames',
    '--no-relative',
    '--ignore-submodules',
    '--src-prefix=a/',
    '--dst-prefix=b/',
    '-U0',
    base,
    '--',
  ]);
  const untracked = git(top, ['ls-files', '--others', '--exclude-standard', '-z']);
  if (diff === null || untracked === null) throw new UsageError('--changed-since: git cannot compare the files.');
  const added = untracked.split('\0').filter((path) => path !== '');
  const changes = new Map([...changesIn(diff), ...added.map((path) => [path, 'all'] as const)]);
  return { changes, folder: top, description: `changed since ${ref}` };
}

/** `-` is standard input. @throws UsageError */
export function changesOf(name: string, io: Io): WantedChanges {
  const diff = name === '-' ? io.readInput() : readDiff(resolve(io.cwd, name), name);
  const folder = repositoryTop(absolute(io.cwd)) ?? absolute(io.cwd);
  try {
    const changes = changesIn(diff);
    if (changes.size === 0 && diff.trim() !== '') throw new Error('it changes no file');
    return { changes, folder, description: `in the lines of ${name === '-' ? 'the diff' : name}` };
  } catch (error) {
    throw new UsageError(`--diff: ${name} is not a unified diff, such as git diff prints: ${describeError(error)}.`);
  }
}

function readDiff(path: string, name: string): string {
  try {
    const file = readRegularFile(path, MAX_DIFF);
    if (file.kind === 'read') return file.bytes.toString();
    throw new UsageError(`--diff: ${name} is ${file.kind === 'too large' ? 'too large' : 'not a regular file'}.`);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    if (isMissing(error)) throw new UsageError(`--diff: there is no file ${name}.`);
    throw new UsageError(`--diff: ${name} cannot be read: ${describeError(error)}.`);
  }
}

/** What git prints; null if it fails. */
function git(top: string, args: readonly string[]): string | null {
  try {
    return runGit(top, args)?.toString() ?? null;
  } catch (error) {
    if (!(error instanceof MissingGit)) throw error;
    throw new UsageError('--changed-since needs git, which is not installed. --diff reads the changes from a file.');
  }
}
