/**
 * The interface of a language: from text to IR, and edits. Broken code is input, not an error: a frontend never throws.
 */
import type { CallForm } from '@farthing/shared/measured/call-sites';
import type { Operation, TextEdit } from '../edits/fix.ts';
import type { ModuleNode, Span } from '../ir/nodes.ts';

export type Lower = (text: string, path: string) => ModuleNode;

export interface Frontend {
  readonly language: ModuleNode['language'];
  /** File name endings including the dot (`.ts`). */
  readonly extensions: readonly string[];
  /** Lowers `text`; `path` decides the dialect (TSX or TypeScript). Offsets are UTF-16 units of `text`. */
  readonly lower: Lower;
  /**
   * A `lower` for one document that is being edited: it gives the same results, faster if little has changed since the
   * last call.
   */
  readonly createEditing: () => Lower;
  /**
   * What the text may import, as it is written there. It is searched and not parsed, so a comment or a string may add an
   * import that is none; dynamic ones are missing.
   */
  readonly importsIn: (text: string) => readonly string[];
  /**
   * Edits of `text` that carry out all operations in the style of the surrounding code, in the order of the text and
   * without overlaps. Null if one of them has no place that can be edited with certainty.
   */
  readonly edit: (text: string, path: string, operations: readonly Operation[]) => readonly TextEdit[] | null;
  /** How the call expression at `span` can be enclosed in a function; null if it cannot, or not in this language. */
  readonly callForm: (text: string, path: string, span: Span) => CallForm | null;
}
