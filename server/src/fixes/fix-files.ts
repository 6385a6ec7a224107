/**
 * Applies fixes one after the other: each is computed on the text that the previous one left, so no fix overwrites
 * another. The edits are made in the workspace's memory; nothing is written to disk here.
 */

import type { FileEdit, Fix } from '../edits/fix.ts';
import type { Position, Positions } from '../ir/positions.ts';
import type { Diagnostic } from '../lint/diagnostic.ts';
import { editFile } from './edit-file.ts';

/** The part of a workspace that fixes need. */
export interface FixableWorkspace {
  readonly findings: (path: string) => readonly Diagnostic[];
  readonly file: (path: string) => { readonly problem: string | null };
  readonly editsOf: (fix: Fix) => readonly FileEdit[] | null;
  readonly setOverlay: (path: string, text: string) => unknown;
  readonly code: { readonly positions: (path: string) => Positions };
}

export interface FixOptions {
  /** Absolute POSIX paths of the files whose findings are fixed. */
  readonly paths: readonly string[];
  readonly isWanted: (diagnostic: Diagnostic, fix: Fix) => boolean;
  /** A file's content on disk; null if it may not be changed, or could not be written back unchanged. */
  readonly contentOf: (path: string) => string | null;
}

export interface AppliedFix {
  readonly path: string;
  /** The position of the finding after all edits, or its former position if the fix removed it. */
  readonly position: Position;
  readonly rule: string;
  readonly title: string;
}

export interface FixedFiles {
  readonly applied: readonly AppliedFix[];
  /** Content by path, for files that differ from the disk. */
  readonly contents: ReadonlyMap<string, string>;
  /** Findings with a wanted fix that could not be applied. */
  readonly left: number;
}

export function fixFiles(workspace: FixableWorkspace, { paths, isWanted, contentOf }: FixOptions): FixedFiles {
  const contents = new Map<string, string>();
  const applied: AppliedFix[] = [];
  let left = 0;
  for (const path of paths) {
    // Each finding is fixed once, whatever remains after its fix.
    const seen = new Set<string>();
    for (
      let next = nextOf(workspace, path, isWanted, seen);
      next !== null;
      next = nextOf(workspace, path, isWanted, seen)
    ) {
      const { diagnostic, fix } = next;
      const position = workspace.code.positions(path).at(diagnostic.origin.start);
      const changes = changesOf(fix, workspace, (file) => contents.get(file) ?? contentOf(file));
      if (changes === null || !take(workspace, changes)) {
        left++;
        continue;
      }
      for (const [file, { after }] of changes) contents.set(file, after);
      applied.push({ path, position, rule: diagnostic.rule, title: fix.title.en });
    }
    left += workspace.findings(path).filter((finding) => isStuck(finding, isWanted)).length;
  }
  return { applied, contents, left };
}

/** True for a finding whose fix is wanted but has no place in the code. */
function isStuck(diagnostic: Diagnostic, isWanted: FixOptions['isWanted']): boolean {
  const isOne = (fix: Fix): boolean => isWanted(diagnostic, fix);
  return diagnostic.statedFixes().some(isOne) && !diagnostic.fixes().some(isOne);
}

function nextOf(
  workspace: FixableWorkspace,
  path: string,
  isWanted: FixOptions['isWanted'],
  seen: Set<string>,
): { readonly diagnostic: Diagnostic; readonly fix: Fix } | null {
  for (const diagnostic of workspace.findings(path)) {
    const key = `${diagnostic.rule} ${diagnostic.call}`;
    if (seen.has(key)) continue;
    const fix = diagnostic.fixes().find((one) => isWanted(diagnostic, one));
    if (fix === undefined) continue;
    seen.add(key);
    return { diagnostic, fix };
  }
  return null;
}

export interface FileChange {
  readonly before: string;
  readonly after: string;
}

/** The changes that the fix makes to each file; null if it cannot be made in all of them. */
export function changesOf(
  fix: Fix,
  workspace: Pick<FixableWorkspace, 'editsOf'>,
  contentOf: (path: string) => string | null,
): ReadonlyMap<string, FileChange> | null {
  const changes = new Map<string, FileChange>();
  for (const [path, edits] of Map.groupBy(workspace.editsOf(fix) ?? [], (edit) => edit.path)) {
    const before = contentOf(path);
    const after = before === null ? null : editFile(path, before, edits);
    if (before === null || after === null) return null;
    changes.set(path, { before, after });
  }
  return changes.size === 0 ? null : changes;
}

/** Passes the changes to the workspace. Undoes them and returns false if a file can no longer be read completely. */
function take(workspace: FixableWorkspace, changes: ReadonlyMap<string, FileChange>): boolean {
  const problems = new Map([...changes.keys()].map((path) => [path, workspace.file(path).problem]));
  const write = (which: keyof FileChange): void => {
    for (const [path, change] of changes) workspace.setOverlay(path, change[which]);
  };
  write('after');
  if ([...problems].every(([path, problem]) => workspace.file(path).problem === problem)) return true;
  write('before');
  return false;
}
