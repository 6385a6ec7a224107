/** Time for the stores inside the process. Servers use their own clock. */

/** Milliseconds since the epoch. */
export type Clock = () => number;

/**
 * A clock that never runs backwards: while the machine's clock is behind what was seen, time stands still. So a window
 * that has ended is never opened again, and its count can be dropped. The price: a clock that was far ahead while calls
 * were made keeps its windows until real time has caught up.
 */
export function steady(clock: Clock): Clock {
  let latest = Number.NEGATIVE_INFINITY;
  return () => {
    latest = Math.max(latest, Math.floor(clock()));
    return latest;
  };
}
