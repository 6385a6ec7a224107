/** A git repository with a history, for tests of what changed between two revisions. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { folderWith } from '../run-bundle.ts';

/** By path; null removes the file. */
type Files = Readonly<Record<string, string | null>>;

export interface Repository {
  readonly cwd: string;
  readonly git: (...args: readonly string[]) => string;
  readonly write: (files: Files) => void;
  readonly commit: (files: Files) => string;
}

export function repositoryWith(files: Readonly<Record<string, string>>): Repository {
  const cwd = folderWith({});
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', '-c', 'commit.gpgsign=false', ...args], {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim();
  const write = (changes: Files): void => {
    for (const [path, text] of Object.entries(changes)) {
      const file = join(cwd, path);
      if (text === null) rmSync(file, { recursive: true });
      else {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, text);
      }
    }
  };
  const commit = (changes: Files): string => {
    write(changes);
    git('add', '-A');
    git('commit', '-q', '--allow-empty', '-m', 'change');
    return git('rev-parse', 'HEAD');
  };
  git('init', '-q', '-b', 'main');
  commit(files);
  return { cwd, git, write, commit };
}
