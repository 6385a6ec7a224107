/** Edits of fixes: of a single one, or of all that are safe. */

import type { FileEdit, Fix } from '../../edits/fix.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import type { AnalysedDocument } from '../context.ts';

/** Null if the code is not written in a form that can be edited with certainty. */
export function fixEdits(fix: Fix | undefined, workspace: Workspace): readonly FileEdit[] | null {
  return fix === undefined ? null : workspace.editsOf(fix);
}

/** The edits of the first safe fix of each finding in the document; if two overlap, only the first one. */
export function safeEdits({ diagnostics, workspace }: Pick<AnalysedDocument, 'diagnostics' | 'workspace'>): FileEdit[] {
  const taken: FileEdit[] = [];
  for (const diagnostic of diagnostics) {
    const edits = fixEdits(diagnostic.fixes().find(isSafe), workspace);
    if (edits === null || edits.some((edit) => taken.some((other) => overlaps(edit, other)))) continue;
    taken.push(...edits);
  }
  return taken;
}

export function isSafe({ safety }: Fix): boolean {
  return safety === 'safe';
}

function overlaps(a: FileEdit, b: FileEdit): boolean {
  return a.path === b.path && a.start <= b.end && b.start <= a.end;
}
