/** A day at the desk: half of the questions come in the same words, 40% in others, and 10% only look the same. */
import { TOPICS } from './questions.ts';

const PARAPHRASES = 0.4;
const TRAPS = 0.1;

/** The same questions in each run. */
export function questions(count: number): readonly string[] {
  let state = 1;
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const pick = (texts: readonly string[]): string => texts[Math.floor(random() * texts.length)] ?? '';
  return Array.from({ length: count }, () => {
    const share = random();
    if (share < TRAPS) return pick(TOPICS.flatMap(({ traps }) => traps));
    if (share < TRAPS + PARAPHRASES) return pick(TOPICS.flatMap(({ paraphrases }) => paraphrases));
    return pick(TOPICS.map(({ question }) => question));
  });
}
