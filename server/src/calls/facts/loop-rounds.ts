/** True if a round of the loop around the call reads what an earlier round left: a history, a running summary. */
import { codeFact } from './fact.ts';

export const buildsOnEarlierRounds = codeFact('buildsOnEarlierRounds', (source): boolean =>
  source.buildsOnEarlierRounds(),
);
