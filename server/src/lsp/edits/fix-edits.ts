/** The edits of fixes, one by one or all that are safe. */

import type { FileEdit, Fix } from '../../edits/fix.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import type { AnalysedDocument } from '../context.ts';

/** Null where the code is not written so that it can be edited with certainty. */
export function fixEdits(fix: Fix | undefined, workspace: Workspace): readonly FileEdit[] | null {
  return fix === undefined ? null : workspace.editsOf(fix);
}

/** Of the first safe fix of each finding in the document; of two that touch the same place, the first. */
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
