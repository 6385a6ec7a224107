/** The code that ran: as it is now, or as git has it at the revision that a record names. */
import { join } from 'node:path';
import type { Report } from '@farthing/shared/report';
import { MissingGit, runGit } from '../../files/git/run-git.ts';
import { readTextOrNull } from '../../files/regular-file.ts';
import type { RanCall, RanCode, RanFile } from '../../measured/resolve-site.ts';

/** The calls of a file with another text than it has now. */
export type CallsIn = (path: string, text: string) => readonly RanCall[];

/** Sources that are scanned have less. */
const MAX_SOURCE = 32 * 1024 * 1024;

/** @param report of the whole project, with paths relative to its root */
export function createRanCode({ root, calls: reported }: Report, callsIn: CallsIn): RanCode {
  const calls = reported.map((call): RanCall => ({ ...call, isRequest: call.via.length === 0 }));
  const byPath = Map.groupBy(calls, ({ path }) => path);
  const pathById = new Map(calls.map(({ id, path }) => [id, path]));
  const files = new Map<string, RanFile | null>();

  const now = (path: string): RanFile | null => {
    const text = readTextOrNull(join(root, path), MAX_SOURCE);
    return text === null ? null : { text, calls: byPath.get(path) ?? [] };
  };

  const read = (path: string, revision: string | null): RanFile | null => {
    const current = now(path);
    if (revision === null) return current;
    const text = textAt(root, revision, path);
    if (text === null) return null;
    return text === current?.text ? current : { text, calls: callsIn(path, text) };
  };

  return {
    paths: [...byPath.keys()],
    fileAt: (path, revision) => {
      const key = `${revision ?? ''}:${path}`;
      const known = files.get(key);
      if (known !== undefined) return known;
      const file = read(path, revision);
      files.set(key, file);
      return file;
    },
    pathOf: (id) => pathById.get(id) ?? null,
  };
}

/** Null if there is no git, no such commit, or no such file in it. */
function textAt(root: string, revision: string, path: string): string | null {
  try {
    const bytes = runGit(root, ['cat-file', 'blob', `${revision}:./${path}`]);
    return bytes?.toString('utf8').replace(/^\uFEFF/, '') ?? null;
  } catch (error) {
    if (error instanceof MissingGit) return null;
    throw error;
  }
}
