/** A clock for stores inside the process: it stands still until it is moved, in either direction. */
export function fakeClock(start = Date.UTC(2026, 4, 17, 12)) {
  let time = start;
  return {
    now: () => time,
    pass: async (milliseconds: number) => {
      time += milliseconds;
    },
  };
}
