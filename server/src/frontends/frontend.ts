/** What every language brings: text to IR, and edits. Broken code is input, not an error: a frontend never throws. */
import type { Operation, TextEdit } from '../edits/fix.ts';
import type { ModuleNode } from '../ir/nodes.ts';

export type Lower = (text: string, path: string) => ModuleNode;

export interface Frontend {
  readonly language: ModuleNode['language'];
  /** File name endings with their dot (`.ts`). */
  readonly extensions: readonly string[];
  /** Lowers `text`; `path` decides the dialect (TSX or TypeScript). Offsets are UTF-16 units of `text`. */
  readonly lower: Lower;
  /** A `lower` for one document that is being edited: the same results, sooner where little has changed since the last. */
  readonly createEditing: () => Lower;
  /**
   * Edits of `text` that carry all operations out, in the style of the code around them; in the order of the text, none
   * overlapping. Null where one of them has no place that could be edited with certainty.
   */
  readonly edit: (text: string, path: string, operations: readonly Operation[]) => readonly TextEdit[] | null;
}
