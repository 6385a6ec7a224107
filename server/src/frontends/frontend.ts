/** What every language brings: text to IR. Broken code is input, not an error: a frontend never throws. */
import type { ModuleNode } from '../ir/nodes.ts';

export interface Frontend {
  readonly language: ModuleNode['language'];
  /** File name endings with their dot (`.ts`). */
  readonly extensions: readonly string[];
  /** Lowers `text`; `path` decides the dialect (TSX or TypeScript). Offsets are UTF-16 units of `text`. */
  readonly lower: (text: string, path: string) => ModuleNode;
}
