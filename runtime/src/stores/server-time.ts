/** The clock of a server that picks windows, by what it said when this process's clock was too far from it. */

type Asked<Answer> =
  | { readonly isOutside: false; readonly answer: Answer }
  /** No window that was sent holds the server's time, which is `now`. */
  | { readonly isOutside: true; readonly now: number };

/**
 * Runs what sends windows around a time, by this process's clock. Where the server's time lies outside of them it is run
 * once more, around that; later runs know the difference.
 */
export function createServerTime(): <Answer>(run: (time: number) => Promise<Asked<Answer>>) => Promise<Answer> {
  let ahead = 0;
  return async (run) => {
    const first = await run(Date.now() + ahead);
    if (!first.isOutside) return first.answer;
    ahead = first.now - Date.now();
    const second = await run(first.now);
    if (!second.isOutside) return second.answer;
    throw new Error(`no window around ${first.now} holds the time of the server, ${second.now}`);
  };
}
