/** The places with the smallest distances, kept while distances come one after the other. */

export interface Closest {
  /** A distance above it would not be kept. */
  readonly bound: () => number;
  readonly add: (place: number, distance: number) => void;
  /** Calls `visit` for `wanted` places, and for those that are as near as the last of them. */
  readonly forEach: (visit: (place: number, distance: number) => void) => void;
}

/** @param max the largest distance there is, and so the first bound */
export function closest(wanted: number, max: number): Closest {
  const places: number[] = [];
  const distances: number[] = [];
  const counts = new Uint32Array(max + 1);
  let bound = max;
  /** How many distances are below the bound. */
  let below = 0;
  return {
    bound: () => bound,
    add(place, distance) {
      if (distance > bound) return;
      places.push(place);
      distances.push(distance);
      counts[distance] = (counts[distance] as number) + 1;
      if (distance < bound) below++;
      while (below >= wanted) {
        bound--;
        below -= counts[bound] as number;
      }
    },
    forEach(visit) {
      for (const [at, distance] of distances.entries()) if (distance <= bound) visit(places[at] as number, distance);
    },
  };
}
