/**
 * The files of a revision in a private folder, read from git's objects: the user's files are never touched. It is turned
 * into another revision by writing what differs.
 */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { BATCH_COMMAND, batchOf, blobsIn } from '../../files/git/blobs.ts';
import { runGit } from '../../files/git/run-git.ts';
import { NOTEBOOK_LIMIT } from '../../files/read.ts';
import { tryReadRegularFile } from '../../files/regular-file.ts';
import type { Tree, TreeChanges } from './commits.ts';

export interface ScratchTree {
  /** Absolute. */
  readonly folder: string;
  readonly write: (files: Tree) => void;
  readonly apply: (changes: Pick<TreeChanges, 'written' | 'deleted'>) => void;
  /** Applies a patch, as `git apply` does; false if it does not fit. */
  readonly patch: (patch: string) => boolean;
  /** Tells a scan which files git tracks, although their names are ignored. */
  readonly track: (commit: string) => void;
  /** Files whose content git does not have here. */
  readonly missing: () => readonly string[];
  readonly remove: () => void;
}

/** Contents that no program reads as text: they would only take time. */
const NOT_TEXT =
  /\.(?:png|jpe?g|gif|webp|avif|ico|icns|bmp|tiff?|psd|svg|mp[34]|m4[av]|mov|webm|ogg|wav|flac|woff2?|ttf|otf|eot|pdf|zip|t?gz|bz2|xz|7z|rar|jar|wasm|so|dylib|dll|exe|bin|pt|onnx|safetensors|parquet|pyc|lockb|map)$/i;

/** Contents that are asked for at once. */
const BATCH = 2_000;

/** @param top of the repository */
export function createScratchTree(top: string): ScratchTree {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'farthing-diff-')));
  const made = new Set<string>();
  const missing: string[] = [];
  // What is above it is not a part of it.
  mkdirSync(join(folder, '.git'));

  const writeFile = (path: string, content: Buffer): void => {
    const file = join(folder, path);
    const parent = dirname(file);
    if (!made.has(parent)) mkdirSync(parent, { recursive: true });
    made.add(parent);
    writeFileSync(file, content);
  };

  const blobsOf = (ids: readonly string[]): ReadonlyMap<string, Buffer> => {
    const output = runGit(top, BATCH_COMMAND, { input: batchOf(ids) });
    return output === null ? new Map() : blobsIn(output, NOTEBOOK_LIMIT);
  };

  const write = (files: Tree): void => {
    const wanted = [...files].filter(([path]) => !NOT_TEXT.test(path));
    const fromGit = wanted.flatMap(([path, { blob }]) => (blob === null ? [] : [{ path, blob }]));
    for (let at = 0; at < fromGit.length; at += BATCH) {
      const batch = fromGit.slice(at, at + BATCH);
      const contents = blobsOf(batch.map(({ blob }) => blob));
      for (const { path, blob } of batch) {
        const content = contents.get(blob);
        if (content === undefined) missing.push(path);
        else writeFile(path, content);
      }
    }
    for (const [path, { blob }] of wanted) {
      const content = blob === null ? tryReadRegularFile(join(top, path), NOTEBOOK_LIMIT) : null;
      if (content !== null) writeFile(path, content);
    }
  };

  return {
    folder,
    write,
    apply: ({ written, deleted }) => {
      for (const path of deleted) {
        rmSync(join(folder, path), { force: true, recursive: true });
        made.clear();
      }
      write(written);
    },
    patch: (patch) => {
      made.clear();
      const env = { GIT_CEILING_DIRECTORIES: dirname(folder) };
      return runGit(folder, ['apply', '--whitespace=nowarn', '-'], { input: patch, env }) !== null;
    },
    track: (commit) => {
      runGit(top, ['read-tree', commit], { env: { GIT_INDEX_FILE: join(folder, '.git', 'index') } });
    },
    missing: () => missing,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
