/** Whether a call's prompt is sent again: a cache only pays off from the second time. */
import { isUnattended } from './attendance.ts';
import { callFact } from './fact.ts';
import { dependsOnInput } from './prompt-prefix.ts';

/** True if the code itself shows that the prompt is sent more than once. */
export const isRepeated = callFact(
  (call): boolean => {
    const { lexical, purpose, viaCaller } = call.loop;
    if (purpose === 'retry' || purpose === 'poll') return false;
    if (purpose !== null || lexical !== 'none' || viaCaller) return true;
    if (isUnattended(call) || call.function === null) return false;
    return dependsOnInput(call);
  },
  [isUnattended],
);
