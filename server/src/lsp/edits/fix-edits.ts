/** Edits of fixes: of a single one, or of all that are safe. */

import type { FileEdit, Fix } from '../../edits/fix.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import type { AnalysedDocument } from '../context.ts';

/** Null if the code is not written in a form that can be edited with certainty. */
export function fixEdits(fix: Fix | undefined, workspace: Workspace): readonly FileEdit[] | null {
  return fix === undefined ? null : workspace.editsOf(fix);
}

/** The edits of the first safe fix of each finding in the document. */
export function safeEdits({ diagnostics, workspace }: Pick<AnalysedDocument, 'diagnostics' | 'workspace'>): FileEdit[] {
  return joinedEdits(
    diagnostics.map((diagnostic) => diagnostic.fixes().find(isSafe)),
    workspace,
  ).edits;
}

/** The edits of fixes that are made at once. If two would change the same place differently, only the first one is made. */
export function joinedEdits(
  fixes: readonly (Fix | undefined)[],
  workspace: Workspace,
): { readonly edits: FileEdit[]; readonly made: number } {
  const taken: FileEdit[] = [];
  let made = 0;
  for (const fix of fixes) {
    const edits = fixEdits(fix, workspace)?.filter((edit) => !taken.some((other) => isSame(edit, other)));
    if (edits === undefined || edits.some((edit) => taken.some((other) => overlaps(edit, other)))) continue;
    taken.push(...edits);
    made++;
  }
  return { edits: taken, made };
}

export function isSafe({ safety }: Fix): boolean {
  return safety === 'safe';
}

function overlaps(a: FileEdit, b: FileEdit): boolean {
  return a.path === b.path && a.start <= b.end && b.start <= a.end;
}

/** Calls that share a constant share its fix. */
function isSame(a: FileEdit, b: FileEdit): boolean {
  return a.path === b.path && a.start === b.start && a.end === b.end && a.text === b.text;
}
