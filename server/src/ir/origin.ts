import type { Span } from './nodes.ts';

/** A location in a text: a module's path and a span in it, as offsets in UTF-16 units. */
export interface Origin extends Span {
  readonly path: string;
}
