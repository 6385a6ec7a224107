/** Time for stores inside the process. Servers use their own clock. */

/** Milliseconds since the epoch. */
export type Clock = () => number;

/**
 * A clock that never runs backwards: while the machine's clock is behind the latest time seen, time stands still. So a
 * window that has ended is never reopened, and its count can be dropped. The cost: if the clock was far ahead while
 * calls were made, its windows stay until real time has caught up.
 */
export function steady(clock: Clock): Clock {
  let latest = Number.NEGATIVE_INFINITY;
  return () => {
    latest = Math.max(latest, Math.floor(clock()));
    return latest;
  };
}
