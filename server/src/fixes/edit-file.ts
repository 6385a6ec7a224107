/** Applies edits of a module's text to its file. */

import { applyEdits } from '../edits/apply-edits.ts';
import type { TextEdit } from '../edits/fix.ts';
import { editNotebook } from '../frontends/notebook/edit-notebook.ts';

/** The file's content after the edits; null if they cannot be made. The content of a notebook is its JSON. */
export function editFile(path: string, content: string, edits: readonly TextEdit[]): string | null {
  return path.endsWith('.ipynb') ? editNotebook(content, edits) : applyEdits(content, edits);
}
