/** True where a round of the loop around the call reads what an earlier round left behind: a history, a summary so far. */
import { codeFact } from './fact.ts';

export const buildsOnEarlierRounds = codeFact('buildsOnEarlierRounds', (source): boolean =>
  source.buildsOnEarlierRounds(),
);
