/** The time of a server that picks windows, corrected if this process's clock is too far from it. */

import { StoreError } from './store-error.ts';

type Asked<Answer> =
  | { readonly isOutside: false; readonly answer: Answer }
  /** None of the windows that were sent contains the server's time, `now`. */
  | { readonly isOutside: true; readonly now: number };

/**
 * Runs an operation that sends the windows around a time, starting with this process's clock. If the server's time is
 * outside of them, it is run again with that time, and later runs use the difference.
 */
export function createServerTime(
  store: string,
): <Answer>(run: (time: number) => Promise<Asked<Answer>>) => Promise<Answer> {
  let ahead = 0;
  return async (run) => {
    const first = await run(Date.now() + ahead);
    if (!first.isOutside) return first.answer;
    ahead = first.now - Date.now();
    const second = await run(first.now);
    if (!second.isOutside) return second.answer;
    throw new StoreError({
      store,
      failure: 'other',
      what: 'its clock jumped over more than one window between two requests',
      remedy: 'See whether the clock of the server is well.',
    });
  };
}
