/**
 * Fixes carried out in a session, one after the other: each is worked out on the text that the one before left, so that
 * none writes over another. Nothing is written to the disk here.
 */

import type { Fix } from '../edits/fix.ts';
import type { Diagnostic } from '../lint/diagnostic.ts';
import type { Position } from '../report/positions.ts';
import type { Session } from '../workspace/session.ts';
import { editFile } from './edit-file.ts';
import { editsOf } from './edits-of.ts';

export interface FixOptions {
  /** Absolute POSIX paths of the files whose findings are mended. */
  readonly paths: readonly string[];
  readonly isWanted: (diagnostic: Diagnostic, fix: Fix) => boolean;
  /** A file's content as it is on the disk; null for one that may not be changed, or cannot be put back as it was. */
  readonly contentOf: (path: string) => string | null;
}

export interface AppliedFix {
  readonly path: string;
  /** Where the finding is once all is written; for a fix of which nothing is left, where it was. */
  readonly position: Position;
  readonly rule: string;
  readonly title: string;
}

export interface FixedFiles {
  readonly applied: readonly AppliedFix[];
  /** Content by path, of those that differ from the disk. */
  readonly contents: ReadonlyMap<string, string>;
  /** Findings whose fix was wanted and could not be made. */
  readonly left: number;
}

export function fixFiles(session: Session, { paths, isWanted, contentOf }: FixOptions): FixedFiles {
  const contents = new Map<string, string>();
  const applied: AppliedFix[] = [];
  let left = 0;
  for (const path of paths) {
    // A finding is mended once, whatever its fix leaves.
    const seen = new Set<string>();
    for (
      let next = nextOf(session, path, isWanted, seen);
      next !== null;
      next = nextOf(session, path, isWanted, seen)
    ) {
      const { diagnostic, fix } = next;
      const position = session.project.position(path, diagnostic.origin.start);
      const changes = changesOf(fix, session, (file) => contents.get(file) ?? contentOf(file));
      if (changes === null || !take(session, path, changes)) {
        left++;
        continue;
      }
      for (const [file, { after }] of changes) contents.set(file, after);
      applied.push({ path, position, rule: diagnostic.rule, title: fix.title });
    }
  }
  return { applied, contents, left };
}

function nextOf(
  session: Session,
  path: string,
  isWanted: FixOptions['isWanted'],
  seen: Set<string>,
): { readonly diagnostic: Diagnostic; readonly fix: Fix } | null {
  for (const diagnostic of session.analysisOf(path).diagnostics) {
    const key = `${diagnostic.rule} ${diagnostic.call}`;
    if (seen.has(key)) continue;
    const fix = diagnostic.fixes().find((one) => isWanted(diagnostic, one));
    if (fix === undefined) continue;
    seen.add(key);
    return { diagnostic, fix };
  }
  return null;
}

interface Change {
  readonly before: string;
  readonly after: string;
}

function changesOf(
  fix: Fix,
  session: Session,
  contentOf: (path: string) => string | null,
): ReadonlyMap<string, Change> | null {
  const edits = editsOf(fix, session.textOf, session.cellsOf, session.languageOf) ?? [];
  const changes = new Map<string, Change>();
  for (const [path, own] of Map.groupBy(edits, (edit) => edit.path)) {
    const before = contentOf(path);
    const after = before === null ? null : editFile(path, before, own);
    if (before === null || after === null) return null;
    changes.set(path, { before, after });
  }
  return changes.size === 0 ? null : changes;
}

/** Gives the changes to the session; takes them back, and returns false, where the file is no longer read as a whole. */
function take(session: Session, path: string, changes: ReadonlyMap<string, Change>): boolean {
  const { problem } = session.analysisOf(path);
  for (const [file, { after }] of changes) session.setText(file, after);
  if (session.analysisOf(path).problem === problem) return true;
  for (const [file, { before }] of changes) session.setText(file, before);
  return false;
}
