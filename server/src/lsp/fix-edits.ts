/** The edits of fixes, one by one or all that are safe. */

import type { FileEdit, Fix } from '../edits/fix.ts';
import { editsOf } from '../fixes/edits-of.ts';
import type { Session } from '../workspace/session.ts';
import type { AnalysedDocument } from './context.ts';

/** Null where the code is not written so that it can be edited with certainty. */
export function fixEdits(fix: Fix | undefined, { textOf, cellsOf, languageOf }: Session): readonly FileEdit[] | null {
  return fix === undefined ? null : editsOf(fix, textOf, cellsOf, languageOf);
}

/** Of the first safe fix of each finding in the document; of two that touch the same place, the first. */
export function safeEdits({ diagnostics, session }: Pick<AnalysedDocument, 'diagnostics' | 'session'>): FileEdit[] {
  const taken: FileEdit[] = [];
  for (const diagnostic of diagnostics) {
    const edits = fixEdits(diagnostic.fixes().find(isSafe), session);
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
