import type { Span } from './nodes.ts';

/** A location in a text: a module's path and a span in it, as offsets in UTF-16 units. */
export interface Origin extends Span {
  readonly path: string;
}

/** True if all of `place` is in `whole`. */
export function isInside(place: Origin, { path, start, end }: Origin): boolean {
  return place.path === path && start <= place.start && place.end <= end;
}
